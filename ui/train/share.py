"""Sharing a training or its settings: a link for watching, its QR code, a link that lets steer."""

from urllib.parse import urlencode

import streamlit as st

from ui.runs import rights
from ui.runs.jobs import jobs
from ui.runs.shown_run import RUN_KEY, TOKEN_KEY
from ui.settings.settings import SETTINGS
from ui.shared import address
from ui.shared.network_address import is_local, listens_to_others, network_url
from ui.shared.qr_code import MOST, qr_code

_POPOVER_KEY = "share_popover"


@st.fragment
def share(run_id: str | None) -> None:
    """Draw the button that opens all this, for the run that is shown, or for the settings."""
    # Without a help text: it would lie over what the popover says.
    popover = st.popover("Share", icon=":material/share:", key=_POPOVER_KEY, on_change="rerun")
    if not popover.open:  # the code takes its time
        return
    with popover:
        url = st.context.url or ""
        others = _for_others(url)
        _watching(run_id, others or url, has_code=others is not None)
        if run_id is not None and rights.steers(run_id):
            _steering(run_id, others or url)


def _for_others(url: str) -> str | None:
    """The address of this page for other computers; None, and a word why, where there is none."""
    if not is_local(url):
        return url
    if not listens_to_others():
        st.warning(
            "Others can't open it: this app only takes visitors from its own computer. Start it "
            "with `--server.address 0.0.0.0` to let them in.",
            icon=":material/link_off:",
        )
        return None
    url_in_network = network_url(url)
    if url_in_network is None:
        st.warning(
            "Others can't open it: this computer is in no network.", icon=":material/link_off:"
        )
        return None
    return url_in_network


def _watching(run_id: str | None, url: str, *, has_code: bool) -> None:
    what = "finds these settings"
    if run_id is not None:
        own = not SETTINGS.keys() & st.query_params.keys()  # then those of the training are shown
        what = f"can watch, and finds {'its settings' if own else 'the settings you see here'}"
    st.markdown(f"Whoever opens this link {what}:")
    link = _link(url, run_id)
    st.code(link, language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_code and len(link) <= MOST:
            st.html(qr_code(link, "QR code of this link"), width="content")
        if is_local(st.context.url or "") and has_code:
            st.caption(
                "For others in the same network. `localhost`, as your own address says, would be "
                "their own computer.",
                width=300,
            )
    if run_id is not None and address.get(TOKEN_KEY) and rights.token_of(run_id):
        st.caption(
            "This browser could not be remembered as one that steers. So the address of your own "
            "page also lets others pause and stop the training: keep it to yourself."
        )


def _steering(run_id: str, url: str) -> None:
    wanted = st.toggle(
        "A link that lets steer",
        key="share_reins",
        help="For somebody who shall pause, stop and name this training as you do.",
    )
    if wanted:
        st.markdown("Whoever opens this one can also pause, stop and name it, from then on:")
        link = _link(url, run_id, jobs().token(run_id))
        st.code(link, language=None, wrap_lines=True)


def _link(url: str, run_id: str | None, token: str | None = None) -> str:
    """The page with its settings, in the address as they are in one's own."""
    parameters = {
        name: value
        for name, value in st.query_params.to_dict().items()
        if name not in (RUN_KEY, TOKEN_KEY)
    }
    if run_id is not None:
        parameters[RUN_KEY] = run_id
    if token is not None:
        parameters[TOKEN_KEY] = token
    return f"{url}?{urlencode(parameters)}" if parameters else url
