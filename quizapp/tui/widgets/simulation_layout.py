"""How the parts of a simulation view share its room, at each stage and height."""

LAYOUT = """
SimulationView {
    layout: vertical;
    height: 1fr;
    & > #caption { color: $text-muted; padding: 0 1; max-height: 1; }
    & > ChartView { height: 1fr; min-height: 8; margin: 0 1; }
    & > #status { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    & > Findings { height: 33%; min-height: 3; }
    & > #note { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    & > About, & > PredictionForm { display: none; }

    &.-asking > ChartView, &.-asking > Findings { display: none; }
    &.-asking > PredictionForm { display: block; }
    &.-asking > #status, &.-failed > #status { height: auto; max-height: 4; text-wrap: wrap; }
    &.-failed > #status { color: $text-error; }
    &.-about > About { display: block; }
    &.-about > ChartView, &.-about > Findings, &.-about > PredictionForm, &.-about > #status { display: none; }
}
.-short SimulationView {
    & > ChartView { min-height: 6; }
    & > #note { display: none; }
    & > KnobBar, & > KnobBar KnobCell { height: 1; }
}
"""
