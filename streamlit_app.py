"""The web app: `streamlit run streamlit_app.py`.

The server imports this file once, for `app`; and runs it as a script for each run of a page.
"""

import streamlit as st
from starlette.middleware import Middleware

from ui.components.history_entries import watch_early
from ui.components.skippable_help import skippable_help
from ui.server.closed import Closed
from ui.server.compressed import Compressed
from ui.server.counting import Counting, note_page_error
from ui.server.full import Full
from ui.server.headers import SecurityHeaders
from ui.server.left_visits import note_visit
from ui.server.lifespan import lifespan
from ui.server.other_sites import OtherSites
from ui.server.uploads import UploadLimits
from ui.shared import address
from ui.shared.idle import after_first_showing
from ui.shared.page_style import page_style
from ui.shared.pages import navigation

if __name__ == "__main__":
    note_visit()
    page = navigation()
    st.set_page_config(page_title=f"{page.title} · scratch-nn")
    page_style()
    address.follow_visitor()
    watch_early(opened=address.openings())
    skippable_help()
    page.run()
    address.watch_history()
    after_first_showing(page.title)
else:
    app = st.App(
        __file__,
        middleware=[
            Middleware(Counting),
            Middleware(SecurityHeaders),
            Middleware(Closed),
            Middleware(OtherSites),
            Middleware(Full),
            Middleware(UploadLimits),
            Middleware(Compressed),
        ],
        lifespan=lifespan,
        on_script_error=note_page_error,
    )
