"""The view "Map" in a test: stands for its parts in the browser."""

import base64
from typing import Any

import numpy as np
import pytest

from tests.ui.inside.view_component import ViewComponent
from ui.inside import image_map_drawn, image_map_points

N = 355
"""So many test images there are in tests."""


def stand_in(monkeypatch: pytest.MonkeyPatch) -> tuple[ViewComponent, dict[str, Any]]:
    """Stand for the map; also returns what the browser is given once, the images."""
    shown, sent = ViewComponent(), dict[str, Any]()
    monkeypatch.setattr(image_map_drawn, "_map", shown)
    monkeypatch.setattr(
        image_map_points, "_points", lambda *, key, data, on_has_change: sent.update(data)
    )
    return shown, sent


def places(shown: ViewComponent) -> np.ndarray:
    return np.frombuffer(base64.b64decode(shown.data["places"]), np.float32).reshape(-1, 2)
