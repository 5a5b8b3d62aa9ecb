"""The steps of the page How it works, as far as they live in the browser.

Each step is one component, so that its words, its formula and its picture lie in one document, and
what means the same in them can light up together; see terms.js.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import network_views
from ui.components.fetched_script import fetched_module

SCRIPTS = Path(__file__).resolve().parent
"""The folder of their scripts and style sheets."""

BORROWED = tuple(network_views.SCRIPTS / f"{name}.js" for name in ("mounted", "paint", "tensors"))
"""Of the page Inside; the scripts import them as "./paint.js"."""


def step_component(name: str) -> Any:
    """The component whose script is <name>.js, with how.css and, where it has one, <name>.css.
    Give it a fixed `key`."""
    styles = [SCRIPTS / "how.css", SCRIPTS / f"{name}.css"]
    return st.components.v2.component(
        f"how_{name}",
        css="\n".join(path.read_text(encoding="utf-8") for path in styles if path.is_file()),
        js=fetched_module(SCRIPTS / f"{name}.js", BORROWED),
        isolate_styles=False,
    )
