"""What a page has drawn reaches the browser also where a part of it is drawn again at once.

As a fragment begins to run, Streamlit drops what the fragment drew before and is not sent yet: it
is about to be drawn anew. But all else that is not sent yet stays and goes out first: what stands
behind the fragment, styles too, and the fragments within it. On a busy server that may be much, and
the fragment that follows a training is often due as soon as its page has run. A browser that is to
fill a place whose neighbours or container it does not have yet ("Bad delta path index") shows an
empty page for good.
"""

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_clear = ForwardMsgQueue.clear


def send_all() -> None:
    """Let all of it go out in the order in which it was drawn, as on a server that has time; once,
    when the server starts."""
    ForwardMsgQueue.clear = _clear_unless_fragment  # type: ignore[method-assign]


def _clear_unless_fragment(
    self: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    # Of no fragment: so nothing is dropped, and yet nothing that comes is put in the place of what
    # waits. Before a run of the whole page, which draws all of it again, all is dropped as ever.
    of_none: list[str] | None = None if fragment_ids_this_run is None else []
    _clear(self, retain_lifecycle_msgs, of_none)
