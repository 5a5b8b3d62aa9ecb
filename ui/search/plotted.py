"""The trials of a search as its charts show them."""

import math

from nn.search import Range, Search, Trial
from nn.search.schema import FINISHED, PRUNED
from nn.search.search_log import SearchLog
from nn.search.space import Part
from ui.figures.search.best_so_far import TrialDot, best_so_far
from ui.figures.search.importance import importance_figure
from ui.figures.search.parallel_coordinates import Axis, TrialLine, parallel_coordinates
from ui.search.rows import value_words
from ui.search.text import label, measure, params_text, trial_name, value_text, was_cut
from ui.shared.theme import Figure

_WIDE = 10.0
"""Values that differ by a larger factor are drawn on a logarithmic axis."""


def best_figure(search: Search) -> Figure:
    """What the trials reached over the time of searching."""
    seconds = _seconds(search)
    dots = [
        TrialDot(
            trial.number,
            seconds.get(trial.number, 0.0),
            trial.value,
            trial.state == PRUNED,
            params_text(trial.params),
            was_cut(trial),
        )
        for trial in search.ended
        if trial.value is not None
    ]
    return best_so_far(dots, measure(search), lower_is_better=search.settings.lower_is_better)


def importances(search: Search) -> Figure:
    """How much each setting decided."""
    shares = search.importance
    return importance_figure({label(name): share for name, share in shares.items()})


def coordinates(search: Search) -> Figure:
    """All trials through what they tried and reached."""
    space = search.settings.space
    shown = [trial for trial in search.trials if trial.value is not None]
    scale = _Scale([trial.value for trial in shown if trial.value is not None])
    ranks = _ranks(search, shown)
    lines = [
        TrialLine(
            trial.number,
            [*(_place(part, trial) for part in space), scale.place(trial.value or 0.0)],
            ranks.get(trial.number, 0.0),
            trial.state != FINISHED,
            f"{trial_name(trial).capitalize()}: {params_text(trial.params)}: "
            f"{value_text(search, trial.value)}",
            was_cut(trial),
        )
        for trial in shown
    ]
    marks = [(place, value_text(search, value)) for place, value in scale.marks()]
    axes = [*(Axis(label(part.name), _marks(part)) for part in space), Axis(measure(search), marks)]
    return parallel_coordinates(axes, lines)


def _ranks(search: Search, shown: list[Trial]) -> dict[int, float]:
    """The place of each trial that trained to its end, from 0 for the worst of all to 1 for the
    best: those that were ended early are worse than all of them."""
    worse = sum(trial.state == PRUNED and not was_cut(trial) for trial in shown)
    ranking = list(reversed(search.ranking))
    most = max(1, worse + len(ranking) - 1)
    return {trial.number: (worse + place) / most for place, trial in enumerate(ranking)}


class _Scale:
    """From the lowest value to the highest, by factors where they differ much."""

    def __init__(self, values: list[float]) -> None:
        low, high = min(values, default=0.0), max(values, default=1.0)
        self._is_log = 0 < low < high / _WIDE
        self._low, self._high = self._on(low), self._on(high)

    def _on(self, value: float) -> float:
        return math.log(value) if self._is_log else value

    def place(self, value: float) -> float:
        """From 0 to 1."""
        if self._high == self._low:
            return 0.5
        return (self._on(value) - self._low) / (self._high - self._low)

    def marks(self) -> list[tuple[float, float]]:
        """Places and what they stand for."""
        if self._high == self._low:
            return [(0.5, math.exp(self._low) if self._is_log else self._low)]
        places = (0.0, 0.5, 1.0)
        values = [self._low + place * (self._high - self._low) for place in places]
        return [
            (place, math.exp(value) if self._is_log else value)
            for place, value in zip(places, values, strict=True)
        ]


def _place(part: Part, trial: Trial) -> float | None:
    """Where a trial meets the axis of a setting."""
    try:
        value = part.check(trial.params.get(part.name))
    except ValueError:
        return None
    if isinstance(part, Range):
        assert isinstance(value, int | float)
        if part.log:
            return math.log(value / part.low) / math.log(part.high / part.low)
        return (value - part.low) / (part.high - part.low)
    return part.values.index(value) / (len(part.values) - 1)


def _marks(part: Part) -> list[tuple[float, str]]:
    """The marks on the axis of a setting."""
    if not isinstance(part, Range):
        last = len(part.values) - 1
        return [(k / last, value_words(part.name, value)) for k, value in enumerate(part.values)]
    middle = math.sqrt(part.low * part.high) if part.log else (part.low + part.high) / 2
    values: tuple[float, ...] = (part.low, middle, part.high)
    if part.whole:
        values = (part.low, part.high)
    last = len(values) - 1
    return [(k / last, value_words(part.name, value)) for k, value in enumerate(values)]


def _seconds(search: Search) -> dict[int, float]:
    """After how many seconds of searching each trial ended: pauses don't count."""
    log, seconds = SearchLog(), {}
    for event in search.events:
        log.add(event)
        if event["type"] == "trial_ended":
            seconds[event["trial"]] = log.seconds
    return seconds
