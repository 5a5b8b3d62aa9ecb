"""The one image that is carried through all steps, and the network that reads it."""

from dataclasses import dataclass

import numpy as np
from streamlit.delta_generator import DeltaGenerator

import data
import nn
from ui.models.shipped_network import small_network
from ui.shared import address
from ui.shared.link_notice import asked_number

PARAMETER = "image"

BATCH = 3

_SETS = ("mnist", "digits")
"""The first that is on this computer."""


@dataclass(frozen=True)
class CarriedImage:
    """A test image, and the network of this page.

    pixels: (28, 28) uint8, 255 = full ink.
    batch: (3, 28, 28) uint8, the image and the two after it.
    label: the digit that it is.
    number: its place among the test images.
    count: how many of these there are.
    dataset: what they are called.
    network: the shipped model `small`; None where its file is missing.
    """

    pixels: np.ndarray
    batch: np.ndarray
    label: int
    number: int
    count: int
    dataset: str
    network: nn.Network | None

    @property
    def name(self) -> str:
        """In words."""
        return f"{self.dataset} test image {self.number:,}"


def carried_image(notices: DeltaGenerator) -> CarriedImage:
    """The image that the address asks for, the first test image where it asks for none."""
    name = next(name for name in _SETS if data.is_available(name) or name == _SETS[-1])
    loaded = data.load(name)
    count = len(loaded.test_images)
    number = asked_number(PARAMETER, 0, count - 1, notices) or 0
    return CarriedImage(
        pixels=loaded.test_images[number],
        batch=loaded.test_images[np.arange(number, number + BATCH) % count],
        label=int(loaded.test_labels[number]),
        number=number,
        count=count,
        dataset=data.DATASETS[name].title,
        network=small_network(),
    )


def choose_image(number: int) -> None:
    """The visitor has chosen this one."""
    address.put({PARAMETER: str(number)})
