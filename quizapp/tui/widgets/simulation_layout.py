"""How the parts of a simulation view share its room, at each stage and height."""

LAYOUT = """
SimulationView {
    layout: vertical;
    height: 1fr;
    & > #caption { color: $text-muted; padding: 0 1; max-height: 1; }
    & > #compared { display: none; height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    & > SimulationCharts { height: 1fr; min-height: 8; margin: 0 1; }
    & > #status { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    & > Findings { height: 33%; min-height: 3; }
    & > #note { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    & > About, & > PredictionForm { display: none; }

    &.-pinned > #compared { display: block; }
    &.-asking > SimulationCharts, &.-asking > Findings, &.-asking > #compared { display: none; }
    &.-asking > PredictionForm { display: block; }
    &.-asking > #status, &.-failed > #status { height: auto; max-height: 4; text-wrap: wrap; }
    &.-failed > #status { color: $text-error; }
    &.-sweeping > Findings, &.-sweeping > #compared { display: none; }
    &.-about > About { display: block; }
    &.-about > SimulationCharts, &.-about > Findings, &.-about > PredictionForm { display: none; }
    &.-about > #status, &.-about > #compared { display: none; }
}
.-short SimulationView {
    & > SimulationCharts { min-height: 6; }
    & > #note { display: none; }
    & > KnobBar, & > KnobBar KnobCell { height: 1; }
    & > KnobBar { padding: 0 0 0 1; }
    & > KnobBar KnobCell { width: auto; min-width: 4; max-width: 28; padding: 0 1 0 0; }
}
"""
