"""Way to watch: some test images, and what the network reads in them at this moment."""

import base64
from typing import Any

import numpy as np
import streamlit as st

import data
from ui.components.network_views import browser_component
from ui.runs.kept import Kept
from ui.shared.percent import percent
from ui.shared.url_text import plain
from ui.train.watching.shown_images import shown_images
from ui.train.watching.way import Way

_digits = browser_component("watch_digits")


def _draw(kept: Kept, step: int, key: str) -> None:
    if kept.dataset not in data.DATASETS:
        st.info(f"There are no test images of {plain(kept.dataset)} here.")
        return
    answered = tuple(kept.history.about.test_images)
    try:
        shown = shown_images(kept.dataset, answered)
        numbers = tuple(answered[place] for place in shown.places)
        told = _answers(*kept.key, step, kept)
        images = _images(kept.dataset, numbers)
    except data.DatasetNotFound:
        title = data.DATASETS[kept.dataset].title
        st.info(f"The test images of {title} are not on this computer.")
        return
    right, count = sum(told["right"]), len(told["right"])
    st.markdown(
        f"**{right} of these {count}** are read right, and {told['accuracy']} of the "
        f"{told['answered']:,} test images that it is asked at each moment. {shown.words}"
    )
    _digits(key=f"{key}_digits", data=told | images, height="content")


@st.cache_resource(max_entries=200, show_spinner=False)
def _answers(folder: str, kind: str, stamp: Any, step: int, _kept: Kept) -> dict[str, Any]:
    """What is read at a moment, for the browser."""
    record = _kept.record(step)
    answered = tuple(_kept.history.about.test_images)
    labels = data.load(_kept.dataset).test_labels[list(answered)]
    is_right = record["classes"] == labels
    shown = shown_images(_kept.dataset, answered).places
    names = data.DATASETS[_kept.dataset].labels
    return {
        "read": [names[k] for k in record["classes"][shown]],
        "is": [names[k] for k in labels[shown]],
        "right": is_right[shown].tolist(),
        "sure": (record["probabilities"][shown] / 255).round(3).tolist(),
        "accuracy": percent(float(is_right.mean()), len(labels)),
        "answered": len(labels),
    }


@st.cache_resource(max_entries=20, show_spinner=False)
def _images(dataset: str, numbers: tuple[int, ...]) -> dict[str, Any]:
    """The images themselves, (count, 28, 28) bytes as base64, and their numbers."""
    pixels = np.ascontiguousarray(data.load(dataset).test_images[list(numbers)])
    return {"images": base64.b64encode(pixels.tobytes()).decode(), "numbers": list(numbers)}


DIGITS = Way(
    "Digits",
    "The images it is least sure of come first, and each turns from ✗ to ✓ when it is read right. "
    "Which ones are hard for it to the end, and would you have read them?",
    "answers",
    _draw,
)
