"""The first layer of the shipped network, as steps 1 and 2 show it in the browser."""

from typing import Any

import numpy as np

from ui.components.network_views import pixels_text
from ui.how.image import CarriedImage
from ui.models.shipped_network import small_file
from ui.shared.static_assets import script_url


def first_layer(image: CarriedImage, pixels: np.ndarray) -> dict[str, Any] | None:
    """What the browser needs to run it for images `pixels` (..., 28, 28) uint8; None where there is
    no network.

    pixels: as base64, of all images one after the other.
    mean, std: the layer's inputs are (pixel - mean) / std, with pixels in [0, 1].
    weights: where the network's file is.
    """
    network = image.network
    if network is None:
        return None
    return {
        "pixels": pixels_text(pixels),
        "mean": network.input_mean,
        "std": network.input_std,
        "weights": script_url(small_file()),
    }
