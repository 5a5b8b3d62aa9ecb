"""How far the asking of a model is, where it takes longer than a moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

# Over the page, wherever one has scrolled to: it comes and goes, and nothing moves.
_STYLE = """<style>
[class*="st-key-asking"] { position: fixed; z-index: 1000; bottom: 1rem; left: 50%;
  width: min(32rem, 100vw - 2rem); transform: translateX(-50%); }
[class*="st-key-asking"] [data-testid="stProgress"] { padding: 0.75rem 1rem; border-radius: 0.5rem;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
  background: color-mix(in srgb, currentColor 6%, Canvas); }
</style>"""


@contextmanager
def asking_bar(words: str, key: str = "asking") -> Iterator[Callable[[float], None]]:
    """Gives a function that shows `words` and a share from 0 to 1, until the block ends.

    The `key` begins with "asking"; no two on a page have the same.
    """
    st.html(_STYLE)
    place = st.container(key=key).empty()

    def show(share: float) -> None:
        place.progress(share, text=f"{words}: {100 * share:.0f} %")

    try:
        yield show
    except Exception:  # and not what Streamlit raises where the visitor has gone on
        place.empty()
        raise
    place.empty()
