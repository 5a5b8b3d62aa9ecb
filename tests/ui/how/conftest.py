"""The page How it works, inside the app."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def open_page(datasets: set[str]) -> Callable[..., AppTest]:
    """Opens the page by a link with these parameters, where there are only the built-in digits."""
    datasets.discard("mnist")

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
        app.switch_page("pages/how_it_works.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return opened
