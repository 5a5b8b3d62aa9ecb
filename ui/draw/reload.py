"""Drawing and lessons outlive a reload: the tab of the browser keeps them, and brings them back to
the new session."""

import base64
from typing import Any

import numpy as np
import streamlit as st

import data
import nn
from ui.draw.drawing import session_drawing
from ui.draw.kept_in_tab import keep_in_tab
from ui.draw.lessons import MOST_IMAGES, session_lessons, teach
from ui.models.model_choice import ModelChoice
from ui.shared.busy import busy
from ui.shared.error_text import error_text

_KEY = "drawing_and_lessons"
_RECALLED_KEY = "lessons_recalled"
_AGAIN = "Your copy of the model learns again what you taught it ..."


def keep_for_reload() -> None:
    """Let the tab keep what there is; at the beginning of a session ask it for what it kept. Call
    it at the end of the page's fragment."""
    drawing, kept = session_drawing(), session_lessons()
    if kept:  # one copy a session: what it was taught now counts
        st.session_state.pop(_RECALLED_KEY, None)
    waiting = st.session_state.get(_RECALLED_KEY)  # to be learned again, and kept until then
    lessons = (kept.model, kept.images, kept.labels) if kept else waiting
    content = {"strokes": drawing.strokes, "lessons": lessons and _as_json(*lessons)}
    begun = bool(drawing.strokes or kept)
    keep_in_tab(_KEY, content, begun=begun, on_recall=_take_over)


def learn_recalled(choice: ModelChoice, network: nn.Network) -> None:
    """Teach this model's copy again what it was taught before the reload, if that is so; `network`
    is the model's own. Where that can't be done the lessons wait, and the page says so."""
    recalled = st.session_state.get(_RECALLED_KEY)
    if recalled is None or recalled[0] != choice.key or session_lessons():
        return
    _, images, labels = recalled
    if labels.max() < network.num_classes:
        try:
            with busy(_AGAIN) as say:
                teach(choice, network, network, images, labels, say)
        except data.DatasetNotFound as error:
            st.warning(
                "What you taught this model is kept, but cannot be learned again right now: "
                f"{error_text(error)}",
                icon=":material/school:",
            )
            return
    st.session_state.pop(_RECALLED_KEY, None)
    if session_lessons():
        st.rerun()


def _as_json(model: str, images: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    text = base64.b64encode(images.tobytes()).decode()
    return {"model": model, "images": text, "labels": labels.tolist()}


def _take_over(kept: Any) -> None:
    strokes, lessons = kept["strokes"], kept["lessons"]
    if isinstance(strokes, list) and all(isinstance(stroke, dict) for stroke in strokes):
        session_drawing().replace(strokes)
    if isinstance(lessons, dict):
        content = base64.b64decode(lessons["images"])
        images = np.frombuffer(content, np.uint8).reshape(-1, 28, 28)
        labels = np.array(lessons["labels"], np.int64)
        if (
            labels.shape == images.shape[:1]
            and 0 < len(labels) <= MOST_IMAGES
            and labels.min() >= 0
        ):
            st.session_state[_RECALLED_KEY] = str(lessons.get("model")), images, labels
