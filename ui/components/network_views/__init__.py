"""Parts of pages that look inside a network and live in the browser.

The pages Inside and Train share many of their scripts, which import each other: so all lie here.
"""

import base64
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from ui.components.fetched_script import fetched_module

SCRIPTS = Path(__file__).resolve().parent
"""The folder of their scripts and style sheets."""


def browser_component(name: str, *parts: str) -> Any:
    """The component whose script is <name>.js, with shared.css, the style sheets of `parts` that it
    is made of, and, where it has one, <name>.css. Give it a fixed `key`; it calls the exported
    function of the script for each new `data`."""
    styles = [SCRIPTS / f"{one}.css" for one in ("shared", *parts, name)]
    return st.components.v2.component(
        f"network_{name}",
        css="\n".join(path.read_text(encoding="utf-8") for path in styles if path.is_file()),
        js=fetched_module(SCRIPTS / f"{name}.js"),
        isolate_styles=False,
    )


def pixels_text(image: np.ndarray) -> str:
    """An image (28, 28), or other numbers, uint8 as base64: for `readPixels` of tensors.js, which
    makes shares of 255 of them, or for `readBytes`."""
    return base64.b64encode(np.ascontiguousarray(image, np.uint8).tobytes()).decode()


def floats_text(values: np.ndarray) -> str:
    """Numbers as base64 of float32, for `readFloats` of tensors.js."""
    return base64.b64encode(np.ascontiguousarray(values, np.float32).tobytes()).decode()
