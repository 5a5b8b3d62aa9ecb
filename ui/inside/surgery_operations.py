"""What was operated, as it stands in the address: "cut-0-3.5_9~noise-2b-all-0.5-7".

Operations follow each other with "~" between them. Each says how, on the layer at which place (with
a "b" on its biases), and on which neurons: their numbers with a point between them, "5_9" for those
from 5 to 9, or "all". Then noise has its size and its seed, and what is swapped where it comes
from: "step-512" of this training, or "model-" and a model's key.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from nn.checks import one_of, real_number, whole_number
from nn.explain.surgery import HOWS, MOST_NOISE
from ui.inside.neuron_choice import NeuronLayer
from ui.shared.number_text import number_text
from ui.shared.url_text import quote

MOST_CHARACTERS = 400
"""An address has to end somewhere."""
MOST_SEED = 9999
_PART = re.compile(r"(\d{1,6})(?:[_–-](\d{1,6}))?")
_SHOWN = 5
"""So many parts of a text are repeated in a message."""
_DONE = {"cut": "cut", "frozen": "frozen to the mean", "noise": "disturbed", "swapped": "swapped"}


class Tool(NamedTuple):
    """What is done to what it is put to.

    how: one of `nn.explain.surgery.HOWS`.
    biases: whether to the biases alone.
    size, seed: of noise.
    source: where swapped ones come from, "" otherwise.
    """

    how: str
    biases: bool = False
    size: float = 1.0
    seed: int = 0
    source: str = ""


class Operated(NamedTuple):
    """Some neurons of a layer that a tool was put to."""

    tool: Tool
    layer: NeuronLayer
    units: frozenset[int]


def can_operate(tool: Tool, layer: NeuronLayer, layers: Sequence[NeuronLayer]) -> bool:
    """Whether the tool does something to the layer: of the last one the logits stay what they
    are."""
    return layer != layers[-1] or tool.biases or tool.how == "swapped"


def toggled(operations: Sequence[Operated], new: Operated) -> list[Operated]:
    """The neurons operated too, or no longer if the same was done to them already."""
    return _with(operations, new, lambda old: old ^ new.units)


def added(operations: Sequence[Operated], new: Operated) -> list[Operated]:
    """The neurons operated too."""
    return _with(operations, new, lambda old: old | new.units)


def _with(
    operations: Sequence[Operated],
    new: Operated,
    change: Callable[[frozenset[int]], frozenset[int]],
) -> list[Operated]:
    found = list(operations)
    for place, old in enumerate(found):
        if (old.tool, old.layer) == (new.tool, new.layer):
            found[place] = old._replace(units=change(old.units))
            return [one for one in found if one.units]
    return [*found, new]


def to_text(operations: Sequence[Operated]) -> str:
    """As it stands in the address."""
    return "~".join(map(_operation_text, operations))


def _operation_text(one: Operated) -> str:
    tool, layer, units = one
    parts = [tool.how, f"{layer.place}{'b' if tool.biases else ''}", units_text(units, layer)]
    if tool.how == "noise":
        parts += [f"{tool.size:g}", str(tool.seed)]
    elif tool.how == "swapped":
        parts.append(tool.source)
    return "-".join(parts)


def from_text(text: str, layers: Sequence[NeuronLayer]) -> Operated:
    """One operation; ValueError for text that is none."""
    how, place, units, *rest = text.split("-", 3)  # ValueError for less
    one_of("how", how, HOWS)
    biases = place.endswith("b")
    layer = next((one for one in layers if str(one.place) == place.removesuffix("b")), None)
    if layer is None:
        raise ValueError("no such layer")
    tool = Tool(how, biases)
    if how == "noise":
        size, seed = rest[0].split("-") if rest else ("1", "0")
        number = real_number("size", float(size[:12]), 0, MOST_NOISE)
        tool = tool._replace(size=number, seed=whole_number("seed", int(seed[:6]), 0, MOST_SEED))
    elif how == "swapped":
        tool = tool._replace(source=rest[0] if rest else "")
    elif rest:
        raise ValueError("too many parts")
    if (biases and how == "frozen") or not can_operate(tool, layer, layers):
        raise ValueError("nothing would be done")
    return Operated(tool, layer, units_from(units, layer))


def units_text(units: Iterable[int], layer: NeuronLayer) -> str:
    """Such as "3.5_9", or "all"."""
    ordered = sorted(units)
    if len(ordered) == layer.units:
        return "all"
    runs: list[list[int]] = []
    for unit in ordered:
        if runs and unit == runs[-1][-1] + 1:
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return ".".join(str(run[0]) if len(run) == 1 else f"{run[0]}_{run[-1]}" for run in runs)


def units_from(text: str, layer: NeuronLayer) -> frozenset[int]:
    """The numbers in such a text, also with commas and "5-9" as people write them; ValueError where
    it says none, or some that the layer hasn't, with all that is wrong as Markdown."""
    if text.strip().lower() == "all":
        return frozenset(range(layer.units))
    found: set[int] = set()
    strange, falling, beyond = [], [], []
    for part in filter(None, re.split(r"[.,;\s]+", text)):
        match = _PART.fullmatch(part)
        if match is None:
            strange.append(part)
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            falling.append(part)
        elif last >= layer.units:
            beyond.append(part)
        else:
            found.update(range(first, last + 1))
    wrong = [
        f"{words}: {_quoted(parts)}."
        for words, parts in (
            ("Not numbers", strange),
            ("From a larger number to a smaller one", falling),
            (f"{layer.title} has {layer.kind}s 0 to {layer.units - 1}. Not there", beyond),
        )
        if parts
    ]
    if strange or not (found or wrong):
        wrong.append('Write numbers with commas between them, as in "3, 5, 10-20", or "all".')
    if wrong:
        raise ValueError(" ".join(wrong))
    return frozenset(found)


def _quoted(parts: Sequence[str]) -> str:
    more = len(parts) - _SHOWN
    return ", ".join(map(quote, parts[:_SHOWN])) + (f" and {more} more" if more > 0 else "")


def in_words(one: Operated, source: str) -> str:
    """What was done, as a line; `source`: where swapped ones come from."""
    tool, layer, units = one
    kind = f"{layer.kind}{'s' if len(units) > 1 else ''}"
    which = units_text(units, layer).replace(".", ", ").replace("_", "–")
    named = f"all {layer.units} {kind}" if which == "all" else f"{kind} {which}"
    subject = f"{layer.title}, {named}" if not tool.biases else f"{layer.title}, bias of {named}"
    words = f"{subject}: {_DONE[tool.how]}"
    if tool.how == "noise":
        words += f" by {number_text(tool.size, 'g')} × their deviation, seed {tool.seed}"
    elif tool.how == "swapped":
        words += f" for those of {source}"
    return words
