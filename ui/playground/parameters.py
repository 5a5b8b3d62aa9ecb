"""What the Playground shows, as it stands in the address, and is kept when one goes elsewhere."""

from dataclasses import replace
from typing import Any

import streamlit as st

from ui.playground.lessons.lesson import Lesson
from ui.playground.lessons.shipped import lesson_of
from ui.playground.page_due import make_due
from ui.playground.setup import Setup
from ui.playground.setup_address import NAMES as OF_SETUP
from ui.playground.setup_address import read, written
from ui.shared import address
from ui.shared.url_text import plain, quote
from ui.shared.whole_number import whole_number

LESSON, STEP = "lesson", "step"
NAMES = (*OF_SETUP, LESSON, STEP)
_KEPT = "playground_parameters"


def arrive() -> None:
    """On coming back from another page by the menu, take up what was shown; call it first."""
    if address.has_arrived() and all(address.get(name) is None for name in NAMES):
        kept: dict[str, str] = st.session_state.get(_KEPT, {})
        if kept:
            address.add(kept)


def keep() -> None:
    """Keep what is shown; call it last."""
    st.session_state[_KEPT] = texts_now()


def texts_now() -> dict[str, str]:
    """What the address says of the set-up and its lesson."""
    return {name: value for name in NAMES if (value := address.get(name)) is not None}


def setup_now() -> Setup:
    """The set-up that the address asks for."""
    return checked_setup()[0]


def checked_setup() -> tuple[Setup, list[str]]:
    """The same, with a notice for each parameter that could not be used."""
    base, notices = _base()
    setup, more = read(address.get, base)
    return setup, notices + more


def lesson_now() -> Lesson | None:
    """The lesson that the address asks for; None without one, or if it cannot be used."""
    try:
        return lesson_of(address.get(LESSON) or "")
    except ValueError:
        return None


def change(**fields: Any) -> None:
    """The visitor has changed these fields of the set-up; `seed` is one of them too."""
    seed = fields.pop("seed", None)
    setup = replace(setup_now(), **fields)
    put(setup if seed is None else setup.with_seed(seed))


def change_arm(place: int, **fields: Any) -> None:
    """The visitor has changed these fields of one of the networks; ValueError if they are not
    possible, and nothing is changed."""
    put(setup_now().with_arm(place, **fields))


def put(setup: Setup) -> None:
    """The visitor has chosen this set-up."""
    make_due()
    address.put(written(setup, _base()[0]))


def open_setup(setup: Setup) -> None:
    """The visitor has opened this set-up, which belongs to no lesson."""
    make_due()
    address.put(written(setup) | {LESSON: None, STEP: None})


def open_lesson(text: str | None, step: int = 0) -> None:
    """The visitor has chosen this lesson, or none, or this step of it.

    What they have built stays where the step says nothing of it.
    """
    make_due()
    gone: dict[str, str | None] = dict.fromkeys(OF_SETUP)
    if text is not None and text == address.get(LESSON):
        named = dict(lesson_of(text).steps[step].setup)
        gone = {name: None for name in OF_SETUP if name in named}
    address.put(gone | {LESSON: text, STEP: str(step + 1) if text and step else None})


def _base() -> tuple[Setup, list[str]]:
    """The set-up that holds where the address says nothing, and what is wrong with its lesson."""
    text = address.get(LESSON)
    if text is None:
        return Setup(), []
    try:
        lesson = lesson_of(text)
    except ValueError as error:
        why = plain(str(error), 500)
        return Setup(), [f"The link's lesson {quote(text)} cannot be opened: {why}."]
    notices, count = [], len(lesson.steps)
    asked = address.get(STEP)
    number = 1 if asked is None else whole_number(asked)
    if number is None or not 1 <= number <= count:
        notices.append(
            f"The link's `step` is {quote(asked or '')}, which is not possible here. It must be a "
            f"whole number from 1 to {count}. Used instead: `1`."
        )
        number = 1
    return replace(lesson.setup(number - 1), lesson=text, step=number - 1), notices
