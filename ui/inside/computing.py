"""While a view is computed: a sign in its place, and one core is enough."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from nn.training.blas_threads import one_thread
from ui.inside import parameters
from ui.shared import address

_DRAWN = "inside_drawn"

# What is there of the image, view or network before goes, so that nobody takes it for what comes;
# but its room stays, its controls, and what has the focus. Most answers come sooner than the delay.
_STYLE = """
.st-key-inside_viewed { position: relative; }
.st-key-inside_viewed > :has(> .st-key-inside_computing) { position: absolute; top: 8rem; }
.inside-computing { animation: inside-gone 0s 0.25s backwards reverse; }
@keyframes inside-gone { to { opacity: 0; pointer-events: none; } }
"""
# There only while the sign is: beside charts the browser would look for such parts all the time.
_SIGN = """<p class="inside-computing" role="status">Computing …</p>
<style>
.st-key-inside_viewed { min-height: 80vh; }
.st-key-inside_viewed > :not(:has(.inside-computing)):not(:has([class*="_choice"])) {
  animation: inside-gone 0s 0.25s both;
}
</style>"""


@contextmanager
def computing(network: str) -> Iterator[None]:
    """Draw a view of the network of this key within this. What is there of the same network, image
    and view stays: the browser may have drawn it by itself, and a hand be at it."""
    asked = (network, *parameters.waited_for())
    is_new = address.has_arrived() or st.session_state.get(_DRAWN) != asked
    if is_new:
        st.session_state[_DRAWN] = None  # until all of it is there
    # On a busy computer several threads wait for each other more than they help.
    with one_thread(), st.container(key="inside_viewed"):
        st.html(f"<style>{_STYLE}</style>")
        sign = st.container(key="inside_computing").empty()
        if is_new:
            sign.html(_SIGN)
        try:
            yield
        except Exception:
            sign.empty()
            raise
        sign.empty()
    st.session_state[_DRAWN] = asked
