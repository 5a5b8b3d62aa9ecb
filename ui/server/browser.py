"""At home the browser opens with the app, as Streamlit itself does it where there is no `App`."""

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import streamlit as st


@asynccontextmanager
async def open_browser(_app: object) -> AsyncIterator[None]:
    """What the server does as it starts; it listens already, and who comes now waits a moment."""
    if not st.get_option("server.headless"):
        Thread(target=webbrowser.open, args=(address(),), daemon=True).start()
    yield


def address() -> str:
    """Where a browser on this computer finds the app."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = st.get_option("server.address") or ""
    if host in ("", "0.0.0.0", "::"):
        host = st.get_option("browser.serverAddress")  # "localhost" where nobody says otherwise
    path = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{scheme}://{host}:{st.get_option('server.port')}/{path}"
