"""How the parts of the page that live in the browser are made."""

import base64
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from ui.components.fetched_script import fetched_module

BROWSER = Path(__file__).resolve().parent / "browser"
"""Their scripts and style sheets; the scripts import each other."""


def browser_component(name: str) -> Any:
    """The component whose script is browser/<name>.js, with browser/shared.css and, where it has
    one, browser/<name>.css. Give it a fixed `key`; it calls the exported function of the script for
    each new `data`."""
    styles = [BROWSER / "shared.css", BROWSER / f"{name}.css"]
    return st.components.v2.component(
        f"inside_{name}",
        css="\n".join(path.read_text(encoding="utf-8") for path in styles if path.is_file()),
        js=fetched_module(BROWSER / f"{name}.js"),
        isolate_styles=False,
    )


def pixels_text(image: np.ndarray) -> str:
    """An image (28, 28) uint8 as base64, for `readPixels` of tensors.js."""
    return base64.b64encode(np.ascontiguousarray(image, np.uint8).tobytes()).decode()


def floats_text(values: np.ndarray) -> str:
    """Numbers as base64 of float32, for `readFloats` of tensors.js."""
    return base64.b64encode(np.ascontiguousarray(values, np.float32).tobytes()).decode()
