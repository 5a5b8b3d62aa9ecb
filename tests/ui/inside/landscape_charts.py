"""The view "Landscape" in a test: its charts, and its long work, which is done at once."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.ui.inside.inside_page import Pad
from tests.ui.long_work.steps import signs_and_result
from ui.inside import landscape, landscape_beside, landscape_point
from ui.long_work import Piece
from ui.runs import chosen_moment


class Charts:
    """What the charts are given, by their keys, and clicks on them or turns: AppTest has no
    browser."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.figures: dict[str, Any] = {}
        self.eye: dict[str, float] = {}
        self._click: tuple[str, Any] | None = None
        for module in (landscape, landscape_beside, landscape_point):
            monkeypatch.setattr(module, "live_chart", self._draw)

    def click(self, app: AppTest, key: str, place: Any) -> None:
        self._click = key, place
        app.run()
        assert not app.exception

    def _draw(
        self,
        figure: dict[str, Any],
        *,
        key: str,
        alt: str,
        on_click: Callable[[Any], None] | None = None,
        eye: dict[str, float] | None = None,
        on_turn: Callable[[Any], None] | None = None,
        **_: Any,
    ) -> None:
        self.figures[key] = figure
        if eye is not None:
            self.eye = eye
        json.dumps(figure, allow_nan=False)
        if self._click is not None and self._click[0] == key:
            do = on_turn if on_click is None else on_click
            assert do is not None
            do(self._click[1])
            self._click = None
            st.rerun()

    @property
    def map(self) -> dict[str, Any]:
        return self.figures["inside_landscape_map"]

    @property
    def heights(self) -> np.ndarray:
        return np.array(self.map["data"][0]["z"])


def stand_in(monkeypatch: pytest.MonkeyPatch) -> Charts:
    """Let the page have these charts, and do its long work at once."""
    Pad(monkeypatch)
    monkeypatch.setattr(chosen_moment, "moment_slider", lambda *_, **__: None)

    done: dict[str, Any] = {}

    def long_part(work: Piece, what: str, draw: Callable[[Any, bool], None]) -> None:
        if work.key not in done:
            _, done[work.key] = signs_and_result(work.function(*work.arguments))
        draw(done[work.key], True)

    monkeypatch.setattr(landscape, "long_part", long_part)
    return Charts(monkeypatch)
