"""The picture of a network at work that Home shows; its digit can be drawn over."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components import network_views
from ui.components.fetched_script import fetched_module

_FOLDER = Path(__file__).resolve().parent
_NAMES = ("contributions", "handwriting", "layers", "mounted", "network", "paint", "tensors")
_BORROWED = tuple(network_views.SCRIPTS / f"{name}.js" for name in _NAMES)
_KEY = "network_picture"

_PICTURE = _FOLDER.joinpath("network.svg").read_text(encoding="utf-8")
_HTML = f"""<div class="picture">{_PICTURE}<div class="pad"></div></div>
<p><button type="button" disabled title="Takes it away and shows the 3 again.">Clear</button>
</p>"""
# As a component, because the drawing takes the colour of the page's text: an image could not know
# it, and `st.html` takes SVG out.
_component = st.components.v2.component(
    _KEY,
    html=_HTML,
    css=_FOLDER.joinpath("network_picture.css").read_text(encoding="utf-8"),
    js=fetched_module(_FOLDER / "network_picture.js", _BORROWED),
)

# Its place is kept from the start, so that what is below does not jump when it comes. On a phone
# there is no room for the button in the picture.
_STYLE = """<style>
.st-key-network_picture {
  aspect-ratio: 780 / 346; max-width: 54rem; margin: 0 auto; position: relative;
}
@media (max-width: 640px) { .st-key-network_picture { padding-bottom: 48px; } }
</style>"""


def network_picture(weights: Callable[[], bytes]) -> None:
    """Show how a network of 784-128-64-10 reads a 3, and then what somebody draws.

    Args:
        weights: gives the network as `ui.inside.browser_network.network_bytes` makes it, or nothing
            where it is missing; called when somebody comes near with a pen.
    """
    st.html(_STYLE)
    _live(weights)


@st.fragment
def _live(weights: Callable[[], bytes]) -> None:
    """Sends the weights without a run of the whole page."""
    wanted = st.session_state.get(_KEY, {}).get("wanted", False)
    _component(key=_KEY, data=weights() if wanted else b"", on_wanted_change=lambda: None)
