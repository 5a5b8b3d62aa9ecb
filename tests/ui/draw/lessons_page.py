"""The control with which one teaches a model, alone on a page, in a test."""

import numpy as np
from streamlit.testing.v1 import AppTest

SEVEN = np.zeros((28, 28), np.float32)
SEVEN[5:8, 8:20] = SEVEN[8:24, 16:19] = SEVEN[13:16, 11:24] = 1

PAGE = """
import numpy as np
import streamlit as st

from ui.draw.correction import correction
from ui.draw.lesson_report import lesson_report
from ui.draw.lessons import own_network
from ui.models.list import list_models
from ui.models.load import load_model


@st.fragment
def part():
    key = st.session_state.get("wanted", "default")
    choice = next(choice for choice in list_models() if choice.key == key)
    original = load_model(choice)
    images = st.session_state["images"]
    own = own_network(choice, original)
    answers = [own.labels[k] for k in own.predict(np.stack(images))] if images else []
    correction(choice, original, images, answers)
    lesson_report(choice, images)
    st.text("reads " + "".join(answers))
    st.text(f"alone: {own is not original}")


part()
"""


def visit(images=(SEVEN,)):
    app = AppTest.from_string(PAGE)
    app.session_state["images"] = list(images)
    app.run()
    assert not app.exception
    return app


def texts(app):
    return " ".join(element.value for element in [*app.text, *app.markdown])


def button(app, label):
    return next(button for button in app.button if button.label == label)


def pills(app, label):
    return next(group for group in app.get("button_group") if group.label == label)


def popover(app):
    """Its identity; one with another has just been made, and is closed."""
    return app.get("popover")[0].proto.id


def show(app, *images):
    """Another drawing."""
    app.session_state["images"] = list(images)
    app.run()
    assert not app.exception
    return app


def say(app, label, place=None):
    """Name the right class, of the character at this place, and have it learned."""
    if place is not None:
        pills(app, "Which one was wrong?").set_value(place).run()
    pills(app, "What is it?").set_value(label).run()
    button(app, "Learn it").click().run()
    assert not app.exception
    return app
