"""The settings of the Train page that distort the training images: fields of `nn.Augmentation`."""

from collections.abc import Iterable

import data
from data.datasets.info import DIGIT_LABELS
from ui.settings.widgets import Choice, Number, Setting


def _percents(percents: Iterable[int]) -> dict[float, str]:
    """Shares, written as the other pages do."""
    return {percent / 100: f"{percent} %" for percent in percents}


AUGMENTATION: dict[str, Setting] = {
    setting.field: setting
    for setting in (
        Number(
            "rotation",
            "Rotation",
            "Turn every image at random, by up to so many degrees to either side. 5 to 15 is "
            "usual; much more than people write aslant only makes it harder.",
            low=0.0,
            high=45.0,
            step=1.0,
            slider=True,
            format="%g°",
        ),
        Choice(
            "scaling",
            "Scaling",
            "Make every image wider or narrower and taller or flatter at random, by up to this "
            "share of its size.",
            options=_percents(range(51)),
            slider=True,
        ),
        Number(
            "shear",
            "Shear",
            "Shear every image at random, so that it leans to the left or right by up to so many "
            "degrees, as handwriting does.",
            low=0.0,
            high=45.0,
            step=1.0,
            slider=True,
            format="%g°",
        ),
        Number(
            "shift",
            "Shift",
            "Move every image at random, by up to so many pixels sideways and up or down. An image "
            "has 28 × 28 pixels.",
            low=0.0,
            high=6.0,
            step=0.5,
            slider=True,
            format="%g px",
        ),
        Number(
            "elastic",
            "Elastic distortion",
            "Bend every image in random waves, as an unsteady hand would: each pixel moves by "
            "about so many pixels. Try 1; much more makes digits hard to read.",
            low=0.0,
            high=4.0,
            step=0.1,
            slider=True,
            format="%g px",
        ),
        Number(
            "elastic_sigma",
            "Width of the waves",
            "How wide the waves of the elastic distortion are: narrow ones shake every stroke, "
            "wide ones bend the digit as a whole. Needs elastic distortion above 0.",
            low=2.0,
            high=10.0,
            step=0.5,
            slider=True,
            format="%g px",
        ),
        Number(
            "thickness",
            "Stroke thickness",
            "Make strokes bolder or finer at random, at most by about so many pixels at each side. "
            "It prepares the network for other pens.",
            low=0.0,
            high=1.0,
            step=0.05,
            slider=True,
            format="%g px",
        ),
        Choice(
            "writing_styles",
            "Ways of writing",
            "Share of the 0, 1, 7 and 9 that get what many people write and MNIST hardly knows: a "
            "slash through the 0, a flag or a foot at the 1, a bar through the 7, a hook at the "
            "9. For digits only.",
            options=_percents(range(0, 101, 5)),
            slider=True,
        ),
    )
}
"""By field, in the order of drawing."""


def are_digits(dataset: str) -> bool:
    """Whether a dataset's images are digits, so that `writing_styles` may mark them."""
    return data.DATASETS[dataset].labels == DIGIT_LABELS
