"""Cheap garbage collection for a server whose modules stay for ever."""

import gc
from functools import cache


@cache
def settle(page: str) -> None:
    """Take all that is loaded by now out of garbage collection, once for each page.

    Streamlit collects garbage after every run of a page or fragment. That looks at all objects
    there are, for 55 ms with the modules of this app, in which nothing reaches any browser; after
    this it takes 3 ms. Modules that a page loads only when it is first shown count too, hence
    once for each page and not once at the start.
    """
    gc.collect()
    gc.freeze()
