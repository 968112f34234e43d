"""What a chart costs: one drawing, and the widget at 30 frames a second in a terminal.

Each app runs alone in a pseudo-terminal of 100x30 cells, and its processor time is taken over the same seconds;
an app that does nothing is the baseline. The peers are of equal size and get new content as often: Textual's
Static with a finished text of as many characters (the price of painting alone) and Textual's Sparkline.
"""

from __future__ import annotations

import fcntl
import math
import os
import pty
import statistics
import struct
import termios
import time
from collections.abc import Callable
from itertools import cycle
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.widgets import Sparkline, Static

from quizapp.core.chart import Axis, Chart, Series, draw, to_text
from quizapp.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from textual.widget import Widget

WIDTH, HEIGHT = 100, 30
POINTS = 200
FRAMES_A_SECOND = 30
WARM_SECONDS, MEASURED_SECONDS = 1.0, 5.0
DRAWINGS = 300


def frame(step: int) -> Chart:
    """Return two curves of 200 points each that move with the step."""
    falling = tuple(math.exp(-x / 60) * (1 + 0.2 * math.sin((x + step) / 7)) for x in range(POINTS))
    rising = tuple(1 - math.exp(-x / 90) + 0.05 * math.cos((x + 2 * step) / 5) for x in range(POINTS))
    return Chart((Series("plain", falling), Series("residual", rising)), Axis("step"), Axis("loss"))


CHARTS = tuple(frame(step) for step in range(60))


class BenchApp(App[None]):
    """One widget that gets new content 30 times a second, or none at all."""

    def __init__(self, widget: Widget, update: Callable[[], None] | None) -> None:
        super().__init__()
        self.widget = widget
        self.update = update
        self.updates = 0
        self.spent_seconds = 0.0

    def compose(self) -> ComposeResult:
        """Fill the screen with the widget."""
        yield self.widget

    def on_mount(self) -> None:
        """Start the updates, and measure between two moments."""
        self.widget.styles.width, self.widget.styles.height = WIDTH, HEIGHT
        if self.update is not None:
            self.set_interval(1 / FRAMES_A_SECOND, self.advance)
        self.set_timer(WARM_SECONDS, self.begin)

    def advance(self) -> None:
        """Give the widget its next content."""
        assert self.update is not None
        self.update()
        self.updates += 1

    def begin(self) -> None:
        """Take the first reading of the processor's clock."""
        self.updates, self.spent_seconds = 0, -time.process_time()
        self.set_timer(MEASURED_SECONDS, self.end)

    def end(self) -> None:
        """Take the second reading and leave."""
        self.spent_seconds += time.process_time()
        self.exit()


def chart_app() -> BenchApp:
    """Return the app with our chart."""
    view, charts = ChartView(), cycle(CHARTS)
    return BenchApp(view, lambda: setattr(view, "chart", next(charts)))


def static_app() -> BenchApp:
    """Return the app with a Static that is handed finished text."""
    view, texts = Static(markup=False), cycle([to_text(draw(chart, WIDTH, HEIGHT)) for chart in CHARTS])
    return BenchApp(view, lambda: view.update(next(texts)))


def sparkline_app() -> BenchApp:
    """Return the app with Textual's own chart: one series of as many points as our two have together."""
    view = Sparkline()
    rows = cycle([[*chart.series[0].values, *chart.series[1].values] for chart in CHARTS])
    return BenchApp(view, lambda: setattr(view, "data", next(rows)))


def idle_app() -> BenchApp:
    """Return the app that does nothing."""
    return BenchApp(ChartView(CHARTS[0]), None)


def cpu_share(make: Callable[[], BenchApp]) -> tuple[float, float]:
    """Run an app in a pseudo-terminal and return its share of one core and the updates a second."""
    reading, writing = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        app = make()
        app.run()
        os.write(writing, f"{app.spent_seconds / MEASURED_SECONDS} {app.updates / MEASURED_SECONDS}".encode())
        os._exit(0)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    drain(terminal)
    os.waitpid(child, 0)
    os.close(writing)
    share, updates = os.read(reading, 100).split()
    os.close(reading)
    return float(share), float(updates)


def drain(terminal: int) -> None:
    """Read what the app writes until it closes its terminal."""
    try:
        while os.read(terminal, 1 << 16):
            pass
    except OSError:  # Linux reports the closed side as an input error
        pass
    os.close(terminal)


def draw_ms() -> float:
    """Return the median time of one drawing."""
    spans = []
    for number in range(DRAWINGS):
        start = time.perf_counter()
        draw(CHARTS[number % len(CHARTS)], WIDTH, HEIGHT)
        spans.append(time.perf_counter() - start)
    return statistics.median(spans) * 1000


def main() -> None:
    """Print the figures, one a line."""
    print(f"draw_median_ms: {draw_ms():.2f}")
    idle, _ = cpu_share(idle_app)
    print(f"idle_cpu_share: {idle:.3f}")
    shares = {}
    for name, make in (("chart", chart_app), ("static", static_app), ("sparkline", sparkline_app)):
        share, updates = cpu_share(make)
        shares[name] = share - idle
        print(f"{name}_cpu_share: {shares[name]:.3f}")
        print(f"{name}_updates_a_second: {updates:.1f}")
    print(f"chart_to_static_ratio: {shares['chart'] / shares['static']:.2f}")
    print(f"chart_to_sparkline_ratio: {shares['chart'] / shares['sparkline']:.2f}")


if __name__ == "__main__":
    main()
