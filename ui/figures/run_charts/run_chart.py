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
    switches: names of keyword arguments of `draw` that turn something on.
    """

    name: str
    title: str
    draw: Callable[..., Figure]
    switches: tuple[str, ...] = ()

    def figure(self, run: Run, **on: bool) -> Figure:
        """The chart as it is now; `run` need only have `id`, `config`, `events`, `progress` and
        `epochs`. `on` says which switches are, those of other charts too."""
        figure = self.draw(run, **{name: on[name] for name in self.switches if name in on})
        # At the very top, with the legend below it: beside each other they have no room on a phone.
        figure["layout"]["title"] = {"text": self.title, "y": 0.98, "yanchor": "top"}
        return figure

    def alt(self, figure: Figure) -> str:
        """What `figure` of this chart shows, in words: the newest point of each line, as its
        `meta` writes the value."""
        newest = [
            f"{trace['name']} {trace.get('meta', trace['y'][-1])} at epoch {trace['x'][-1]:.2f}"
            for trace in figure["data"]
            if trace["x"]
        ]
        notes = [note["text"] for note in figure["layout"].get("annotations", ())]
        return f"{self.title} over the epochs; {', '.join([*newest, *notes]) or 'no points yet'}."
