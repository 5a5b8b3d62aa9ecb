"""The page Inside in a test: opening it, what it says, and what its pad sends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ui.inside import on_stage

APP = Path(__file__).resolve().parents[3] / "streamlit_app.py"


class Pad:
    """What the pad on the page is given, and what it sends: AppTest has no browser."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.data: dict[str, Any] = {}
        self.weights: Any = b""
        self._sent: Any = None
        monkeypatch.setattr(on_stage, "_pad", self._draw)
        monkeypatch.setattr(on_stage, "_weights", self._take_weights)

    def draw(self, app: AppTest, strokes: list, pen: float = 22, name: str = "one") -> None:
        """Send these strokes of a drawing that the pad calls so."""
        from ui.inside.chosen_image import take_drawing

        self._sent = lambda: take_drawing({"strokes": strokes, "pen": pen, "name": name})
        app.run()

    def _draw(self, *, key: str, data: dict[str, Any], height: int, **callbacks: Any) -> None:
        self.data = data
        if self._sent is not None:
            import streamlit as st

            send, self._sent = self._sent, None
            send()
            st.rerun()

    def _take_weights(self, *, key: str, data: Any, on_has_change: Callable[[], None]) -> None:
        self.weights = data


def inside(**query: str) -> AppTest:
    app = AppTest.from_file(APP)
    app.switch_page("pages/inside.py")
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def parameter(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[-1] if isinstance(value, list) else value


def texts(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.markdown, *app.caption])


def warnings(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def numbers(printed: str) -> np.ndarray:
    """All numbers of arrays as NumPy prints them, in a row."""
    return np.array(printed.replace("[", " ").replace("]", " ").split(), float)
