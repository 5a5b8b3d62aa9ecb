"""Showing what strangers wrote: in a URL, in the file of a model, in the folder of a run."""

import re

_WORD_JOINER = "\u2060"  # without width: it keeps an address from being made a link


def quote(text: str) -> str:
    """Text of a stranger as Markdown that shows it, not too much of it, and does nothing else."""
    text = " ".join(text.replace("`", "'").split())
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


def plain(text: str, most: int = 300) -> str:
    """Text of a stranger as Markdown in the middle of a line, at most so many signs of it.

    It reads as it is, without a frame around it, and makes no link, picture or other mark-up.
    """
    text = " ".join(text.split())
    if len(text) > most:
        text = text[:most] + "…"
    text = re.sub(r"[\\`*_\[\]<&|~$#]", r"\\\g<0>", text)
    # Streamlit makes links of bare addresses and colours or icons of :names:, escaped or not.
    return re.sub(r"(:(?=\S)|@|www)", rf"\1{_WORD_JOINER}", text, flags=re.IGNORECASE)
