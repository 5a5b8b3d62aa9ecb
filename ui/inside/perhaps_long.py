"""Work that is done at once for most networks, and beside the page for large ones."""

from typing import Any

from ui.long_work import Done, Piece, long_work
from ui.long_work.shown import long_part

QUICK = 12e9
"""In multiplications of a matrix product, see `nn.cost`: some 0.3 s, and more is not quick."""


def perhaps_long(work: Piece, what: str, *, is_quick: bool, beside: str = "") -> Any | None:
    """What comes of a piece of work, kept for all visitors. Where it is not quick it is drawn how
    far it is; None as long as nothing has come of it.

    `work`, `what` and `beside` as for `long_part`. Unlike there, what is drawn of the result is no
    fragment: what a visitor does in it may choose something, see `parameters.choose`.
    """
    if is_quick:
        return long_work().at_once(work)
    long_part(work, what, lambda *_: None, beside)
    state = long_work().state(work.key)
    return state.result if isinstance(state, Done) else None
