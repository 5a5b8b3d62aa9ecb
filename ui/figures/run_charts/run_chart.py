"""What a chart of a run is."""

from collections.abc import Callable
from dataclasses import dataclass

from nn.runs import Run
from ui.shared.theme import Figure


@dataclass(frozen=True)
class RunChart:
    """A chart over the epochs of a run.

    name: unique among the charts, and the same in every run of the page.
    title: what stands above it.
    draw: the figure of a run, without the title; the frame alone for a run that has not started.
    """

    name: str
    title: str
    draw: Callable[[Run], Figure]

    def figure(self, run: Run) -> Figure:
        """The chart as it is now; `run` need only have `id`, `config`, `progress`, `epochs`."""
        figure = self.draw(run)
        figure["layout"]["title"] = {"text": self.title}
        return figure

    def alt(self, figure: Figure) -> str:
        """What `figure` of this chart shows, in words: the newest point of each line."""
        newest = [
            f"{trace['name']} {trace['y'][-1]:.4g} at epoch {trace['x'][-1]:.2f}"
            for trace in figure["data"]
            if trace["x"]
        ]
        return f"{self.title} over the epochs; {', '.join(newest) or 'no points yet'}."
