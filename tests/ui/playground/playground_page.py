"""The page Playground in a test: opening it, its set-up, and what its stage is given."""

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from ui.playground.player import Player
from ui.playground.setup import Setup
from ui.playground.setup_address import read

APP = Path(__file__).resolve().parents[3] / "streamlit_app.py"


def playground(**query: str) -> AppTest:
    """The page, opened with these parameters."""
    app = AppTest.from_file(APP)
    app.switch_page("pages/playground.py")
    for name, value in query.items():
        app.query_params[name] = value
    for box in ("more", "from_tensorflow"):
        app.session_state[f"playground_{box}"] = True  # open
    app.run()
    assert not app.exception
    return app


def player(app: AppTest) -> Player:
    """The one of the page's visitor."""
    found: Player = app.session_state["playground_player"]
    return found


def stage(app: AppTest) -> dict[str, Any]:
    """What the browser draws the stage from."""
    (one,) = [
        element.proto
        for element in app.get("bidi_component")
        if element.proto.component_name == "playground_stage"
    ]
    data: dict[str, Any] = json.loads(one.json)
    return data


def in_address(app: AppTest) -> dict[str, str]:
    """The parameters of the page's address."""
    values = {name: app.query_params[name] for name in app.query_params}
    return {name: one if isinstance(one, str) else one[-1] for name, one in values.items()}


def setup_of(app: AppTest) -> Setup:
    """The set-up in the address, outside of lessons."""
    setup, notices = read(in_address(app).get)
    assert notices == []
    return setup


def warnings(app: AppTest) -> list[str]:
    return [warning.value for warning in app.warning]
