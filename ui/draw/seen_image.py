"""Images as a network sees them: one beside the picture that it was made of, or a number's."""

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from ui.figures.digits import digit_png
from ui.figures.png import png_url
from ui.figures.thumbnail import thumbnail_png

SIDE, DIGIT_SIDE = 140, 60
"""Of an image, and of those of a number's digits, in pixels."""

# The page's text flows beside the images, and below them where there is no room.
_STYLE = f"""<style>
.seen-image {{
  display: flex; flex-wrap: wrap; align-items: center; gap: 1rem; min-height: {SIDE}px;
}}
.seen-image > :not(p, .digits) {{
  box-sizing: border-box; width: {SIDE}px; height: {SIDE}px; border-radius: 0.5rem;
  object-fit: contain;
}}
.seen-image .yours {{ background: #808080; }}
.seen-image .empty {{
  border: 2px dashed color-mix(in srgb, currentColor 60%, transparent);
  display: grid; place-items: center;
}}
.seen-image .digits {{ display: flex; flex-wrap: wrap; gap: 0.5rem; }}
.seen-image figure {{ margin: 0; text-align: center; font-weight: 700; }}
.seen-image figure img {{
  display: block; width: {DIGIT_SIDE}px; height: {DIGIT_SIDE}px; border-radius: 0.375rem;
}}
.seen-image p {{ flex: 1 1 11rem; margin: 0; }}
</style>"""


def seen_image(image: np.ndarray | None, picture: np.ndarray | None = None) -> None:
    """Show what the network sees, or a frame of the same size that says that it is still empty.

    Args:
        image: (28, 28) in [0, 1]; None while there is nothing to see.
        picture: (H, W, 4) uint8, RGBA: the visitor's own, to compare.
    """
    if image is None:
        seen = '<div class="empty">Still empty</div>'
    else:
        seen = _img(digit_png(image), "The image as the network sees it.", "seen")
    _show(seen, picture, "an image of 28 × 28 pixels, cut out, scaled and centred like those")


def seen_digits(
    images: Sequence[np.ndarray], answers: Sequence[str], picture: np.ndarray | None = None
) -> None:
    """Show what the network sees of each digit of a number, and what it reads there.

    Args:
        images: (28, 28) in [0, 1] each.
        answers: what each is read as.
        picture: (H, W, 4) uint8, RGBA: the visitor's own, to compare.
    """
    digits = "".join(
        f"<figure>{_img(digit_png(image, 5), f'Digit {number} as the network sees it.', 'seen')}"
        f"<figcaption>{escape(text)}</figcaption></figure>"
        for number, (image, text) in enumerate(zip(images, answers, strict=True), 1)
    )
    _show(
        f'<div class="digits">{digits}</div>',
        picture,
        "one image of 28 × 28 pixels for each digit, cut out, scaled and centred like those",
    )


def _show(seen: str, picture: np.ndarray | None, what: str) -> None:
    """Show what is seen, HTML, beside the visitor's own picture, and say what it is."""
    own = where = ""
    if picture is not None:
        own = _img(thumbnail_png(picture, 2 * SIDE), "Your picture.", "yours")
        where = ", next to your picture"
    words = f"<strong>What the network sees</strong>{where}: {what} it learned from."
    st.html(f'{_STYLE}<div class="seen-image">{own}{seen}<p>{words}</p></div>')


def _img(png: bytes, alt: str, name: str) -> str:
    # Not by st.image: fetching it would take longer than all the rest.
    return f'<img class="{name}" src="{png_url(png)}" alt="{escape(alt)}">'
