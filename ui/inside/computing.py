"""While a view is computed: a sign in its place, and one core is enough."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from nn.training.blas_threads import one_thread

# What is there of the image, view or network before goes, so that nobody takes it for what comes;
# but its room stays, its controls, and what has the focus. Most answers come sooner than the delay.
_STYLE = """
.st-key-inside_viewed { position: relative; }
.st-key-inside_viewed > :has(> .st-key-inside_computing) { position: absolute; top: 8rem; }
.inside-computing { animation: inside-gone 0s 0.25s backwards reverse; }
@keyframes inside-gone { to { opacity: 0; } }
"""
# There only while the sign is: beside charts the browser would look for such parts all the time.
_SIGN = """<p class="inside-computing" role="status">Computing …</p>
<style>
.st-key-inside_viewed { min-height: 80vh; }
.st-key-inside_viewed > :not(:has(.inside-computing)):not(:has([class*="_choice"])) {
  animation: inside-gone 0s 0.25s both; pointer-events: none;
}
</style>"""


@contextmanager
def computing() -> Iterator[None]:
    """Draw a view within this."""
    # On a busy computer several threads wait for each other more than they help.
    with one_thread(), st.container(key="inside_viewed"):
        st.html(f"<style>{_STYLE}</style>")
        sign = st.container(key="inside_computing").empty()
        sign.html(_SIGN)
        try:
            yield
        except Exception:
            sign.empty()
            raise
        sign.empty()
