"""A network as a list of steps that other libraries know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nn.layers import Activation, Branches, Conv2d, Dropout, Flatten, MaxPool2d
from nn.layers.layer import Layer

SETTINGS = {"BatchNorm": "eps", "LeakyReLU": "negative_slope"}
"""By the kind of a step, the name of the number that its layer needs besides tensors."""


@dataclass(frozen=True)
class Step:
    """One thing to do with the values of a batch.

    kind: the type of a layer of ours, or "Image": rows (n, side · side · channels), the channels of
        a place side by side, become images (n, channels, side, side); or "Row": the same back.
    layer: the layer; None for "Image" and "Row".
    place: what the names of its tensors begin with, "0" or "0.1.2".
    shape: of "Image" (channels, side), of "Row" and Flatten (values,): what comes out.
    rows: of Branches, the steps of each row.
    """

    kind: str
    layer: Layer | None = None
    place: str = ""
    shape: tuple[int, ...] = ()
    rows: list[list["Step"]] = field(default_factory=list)


def steps_of(layers: Sequence[Layer], place: str = "") -> list[Step]:
    """The steps of layers in a row, from rows (n, in_features) to rows (n, classes).

    Between our layers all values go in rows, and a convolution takes them for an image by itself;
    elsewhere an image has a shape of its own. So it is said where rows become images and back.
    `place` is what the names of the layers begin with.
    """
    steps: list[Step] = []
    image: tuple[int, int] | None = None  # channels and side, where the values are an image now
    for index, layer in enumerate(layers):
        wanted = _image_taken(layer)
        anything = isinstance(layer, Activation | Dropout)
        if image and not anything and wanted != image:
            steps.append(_row(image))
            image = None
        if wanted and wanted != image:
            steps.append(Step("Image", shape=wanted))
        steps.append(_step(layer, f"{place}{index}"))
        image = image if anything else _image_given(layer)
    return [*steps, _row(image)] if image else steps


def all_steps(steps: Sequence[Step]) -> list[Step]:
    """The steps and, after each, those of its rows."""
    return [
        each for step in steps for each in (step, *(s for row in step.rows for s in all_steps(row)))
    ]


def word_for(step: Step, words: Mapping[str, str], library: str) -> str:
    """A library's word for a layer; ValueError where it has none here."""
    if step.kind not in words:
        raise ValueError(
            f"the layers of a network for {library} must be of {', '.join(words)}, got {step.kind}"
        )
    return words[step.kind]


def _step(layer: Layer, place: str) -> Step:
    kind = type(layer).__name__
    if isinstance(layer, Branches):
        rows = [steps_of(row, f"{place}.{k}.") for k, row in enumerate(layer.rows)]
        return Step(kind, layer, place, rows=rows)
    if isinstance(layer, Flatten):
        return Step(kind, layer, place, (layer.side**2 * layer.channels,))
    return Step(kind, layer, place)


def _row(image: tuple[int, int]) -> Step:
    channels, side = image
    return Step("Row", shape=(side**2 * channels,))


def _image_taken(layer: Layer) -> tuple[int, int] | None:
    """Channels and side of the image that a layer takes its input for."""
    if isinstance(layer, Conv2d):
        return layer.in_channels, layer.side
    if isinstance(layer, MaxPool2d | Flatten):
        return layer.channels, layer.side
    return None


def _image_given(layer: Layer) -> tuple[int, int] | None:
    """The same of its output."""
    if isinstance(layer, Conv2d):
        return layer.out_channels, layer.out_side
    if isinstance(layer, MaxPool2d):
        return layer.channels, layer.side // 2
    return None
