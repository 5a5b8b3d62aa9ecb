"""At home the browser opens with the app, as Streamlit itself does it where there is no `App`."""

import webbrowser

import streamlit as st


def open_browser() -> None:
    """Show the app in the browser of this computer."""
    webbrowser.open(address())


def address() -> str:
    """Where a browser on this computer finds the app."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = st.get_option("server.address") or ""
    if host in ("", "0.0.0.0", "::"):
        host = st.get_option("browser.serverAddress")  # "localhost" where nobody says otherwise
    path = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{scheme}://{host}:{st.get_option('server.port')}/{path}"
