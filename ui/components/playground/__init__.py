"""The page Playground's parts that live in the browser: its stage, and the stream of its answers.

Both share their scripts, which import each other, and through store.js what they know.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from ui.components.fetched_script import fetched_at_once, fetched_module

SCRIPTS = Path(__file__).resolve().parent
"""The folder of their scripts and style sheets."""


def playground_component(name: str, *, styles: tuple[str, ...] = (), often: bool = False) -> Any:
    """The component whose script is <name>.js, with these style sheets of the folder.

    Give it a fixed `key`. All of its styles are sent along with each change of its data, and for
    those whose data does not change `often` what lets the browser load all scripts at once.
    """
    script = SCRIPTS / f"{name}.js"
    return st.components.v2.component(
        f"playground_{name}",
        css="\n".join((SCRIPTS / sheet).read_text(encoding="utf-8") for sheet in styles),
        js=fetched_module(script) if often else fetched_at_once(script),
        isolate_styles=False,
    )
