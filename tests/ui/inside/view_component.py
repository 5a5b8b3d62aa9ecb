"""Stands for a view's component in a test: AppTest has no browser."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest


class Chart:
    """Stands for a live chart: what it is given."""

    def __call__(
        self, figure: dict[str, Any], *, key: str, alt: str, on_click: Any, table: bool
    ) -> None:
        self.figure, self.alt, self.on_click = figure, alt, on_click


class ViewComponent:
    """What it is given, and what it sends."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self._sent: tuple[str, Any] | None = None

    def send(self, app: AppTest, name: str, value: Any) -> None:
        """Send a trigger."""
        self._sent = name, value
        app.run()
        assert not app.exception

    def __call__(
        self, *, key: str, data: dict[str, Any], height: Any, **callbacks: Callable[[], None]
    ) -> None:
        self.data = data
        if self._sent is not None:
            (name, value), self._sent = self._sent, None
            st.session_state[key] = {name: value}
            callbacks[f"on_{name}_change"]()
            st.rerun()
