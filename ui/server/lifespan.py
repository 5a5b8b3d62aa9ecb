"""What the server does by itself from its start to its end, without any visitor."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from ui.server.browser import open_browser
from ui.server.counting import visits
from ui.server.gone_fragments import run_none_that_is_gone
from ui.server.housekeeping import keep_house
from ui.server.log_limit import limit_tracebacks
from ui.server.memory import keep_little
from ui.server.presses import finish_presses
from ui.server.unsent import send_all
from ui.shared.idle import DELAY_SECONDS, go_on_with_trainings


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """The app's; it listens already as this begins, and who comes now waits a moment."""
    keep_little()
    limit_tracebacks()
    send_all()
    run_none_that_is_gone()
    finish_presses()
    visits()  # they count from now on
    if not st.get_option("server.headless"):
        threading.Thread(target=open_browser, daemon=True).start()
    timer = threading.Timer(DELAY_SECONDS, go_on_with_trainings)
    timer.daemon = True
    timer.start()
    house = asyncio.create_task(keep_house())
    try:
        yield
    finally:
        house.cancel()
