"""The list of pages, from which the menu, the links and the tests come."""

import threading
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.shared.operator_secret import operator_secret


class Page(NamedTuple):
    """A page: its file, as Streamlit wants to hear it, what it is called, and its icon."""

    file: str
    title: str
    icon: str


# In the order of the menu; the first one stands at the root of the address. To add a page is to
# write its file and one line here.
HOME = Page("pages/home.py", "Home", ":material/home:")
HOW = Page("pages/how_it_works.py", "How it works", ":material/school:")
TRAIN = Page("pages/train.py", "Train", ":material/model_training:")
EVALUATE = Page("pages/evaluate.py", "Evaluate", ":material/grid_on:")
DRAW = Page("pages/draw.py", "Draw", ":material/draw:")
INSIDE = Page("pages/inside.py", "Inside", ":material/neurology:")
PLAYGROUND = Page("pages/playground.py", "Playground", ":material/hub:")
RUNS = Page("pages/runs.py", "Runs", ":material/table_chart:")

PAGES = tuple(page for page in list(globals().values()) if isinstance(page, Page))

# Not in the menu, and there at all only where the app is started with an operator's secret.
OPERATOR = Page("pages/operators.py", "Operator", ":material/shield_person:")

_LOGO = str(Path(__file__).resolve().with_name("logo.svg"))
_in_app = threading.local()


def navigation() -> StreamlitPage:
    """Set the app up and make its menu; returns the page to run. For streamlit_app.py."""
    _in_app.reached = True
    st.set_page_config(
        # Before the pages are known: the browser would fetch their icons from Google's servers.
        page_icon=_LOGO,
        layout="wide",
        # An entry here also brings the choice between the light and the dark theme.
        menu_items={"About": "**scratch-nn**: a neural network in nothing but NumPy."},
    )
    st.logo(_LOGO, size="large")
    pages = [
        st.Page(page.file, title=page.title, icon=page.icon, default=page is PAGES[0])
        for page in PAGES
    ]
    if operator_secret() is not None:
        pages.append(
            st.Page(OPERATOR.file, title=OPERATOR.title, icon=OPERATOR.icon, visibility="hidden")
        )
    return st.navigation(pages, position="top")


def through_app() -> None:
    """What each page calls first: run it within the app, and not alone.

    Beside a folder called pages/ a new server is in Streamlit's old multipage mode until
    `st.navigation` has run once. If its first visitor came by a link to a page, that page would run
    without menu and set-up. So it makes the menu, which ends that mode, and runs once more, now
    through streamlit_app.py. No later request comes here that way.
    """
    if not getattr(_in_app, "reached", False):
        navigation()
        st.rerun()
