"""The web app: `streamlit run streamlit_app.py`."""

import streamlit as st

from ui.shared.idle import after_first_showing
from ui.shared.pages import navigation

# With the keyboard one must tell the link that has the focus from the page that is shown.
STYLE = """<style>
[data-testid="stTopNavLink"]:focus-visible, [data-testid="stSidebarNavLink"]:focus-visible {
  outline: 2px solid currentColor; outline-offset: -2px;
}
</style>"""

page = navigation()
st.set_page_config(page_title=f"{page.title} · scratch-nn")
st.html(STYLE)
page.run()
after_first_showing(page.title)
