"""The web app: `streamlit run streamlit_app.py`."""

import streamlit as st

from ui.components.history_entries import watch_early
from ui.components.skippable_help import skippable_help
from ui.shared import address
from ui.shared.idle import after_first_showing
from ui.shared.page_style import page_style
from ui.shared.pages import navigation

page = navigation()
st.set_page_config(page_title=f"{page.title} · scratch-nn")
page_style()
watch_early()
address.follow_visitor()
skippable_help()
page.run()
address.watch_history()
after_first_showing(page.title)
