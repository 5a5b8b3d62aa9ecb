"""A link as a picture that a phone's camera reads."""

from functools import lru_cache

import segno

MOST = 1000
"""Characters; more make a picture that is too fine for a camera."""


@lru_cache(maxsize=100)  # one takes up to 50 ms
def qr_code(text: str, alt: str) -> str:
    """A picture in HTML for `st.html`, dark on light whatever the theme: cameras want it so.

    Args:
        text: what it says, at most `MOST` characters.
        alt: what it is, for screen readers.
    """
    code = segno.make(text, error="l", micro=False)
    picture = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    size = max(180, 4 * code.symbol_size(border=4)[0])  # pixels, four for each of its squares
    return f'<img src="{picture}" alt="{alt}" style="width: {size}px; max-width: 100%">'
