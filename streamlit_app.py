"""The web app: `streamlit run streamlit_app.py`."""

from pathlib import Path

import streamlit as st

from ui.idle import after_first_showing

LOGO = str(Path(__file__).resolve().parent / "ui" / "images" / "logo.svg")
# With the keyboard one must tell the link that has the focus from the page that is shown.
STYLE = """<style>
[data-testid="stTopNavLink"]:focus-visible, [data-testid="stSidebarNavLink"]:focus-visible {
  outline: 2px solid currentColor; outline-offset: -2px;
}
</style>"""

st.set_page_config(
    # Before the pages are known: the browser would fetch their icons from Google's servers.
    page_icon=LOGO,
    layout="wide",
    # An entry here also brings the choice between the light and the dark theme.
    menu_items={"About": "**scratch-nn**: a neural network in nothing but NumPy."},
)
st.logo(LOGO, size="large")
# Not in pages/: beside a folder of that name Streamlit starts in its old multipage mode, and a link
# that is the first request to a new server would find no navigation.
page = st.navigation(
    [
        st.Page("app_pages/home.py", title="Home", icon=":material/home:", default=True),
        st.Page("app_pages/train.py", title="Train", icon=":material/model_training:"),
        st.Page("app_pages/evaluate.py", title="Evaluate", icon=":material/grid_on:"),
        st.Page("app_pages/draw.py", title="Draw", icon=":material/draw:"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · scratch-nn")
st.html(STYLE)
page.run()
after_first_showing(page.title)
