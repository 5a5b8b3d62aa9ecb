"""Showing what strangers wrote: in a URL, in the file of a model, in the folder of a run."""

import re

_FORMULA = re.compile(r"\$([^\s$`<](?:[^$`<\n]{0,198}[^\s$`<\\\n])?)\$")
"""At most 200 signs, none of which could be the beginning of something else in Markdown."""
_WORD_JOINER = "\u2060"  # without width: it keeps an address from being made a link


def quote(text: str) -> str:
    """Text of a stranger as Markdown that shows it, not too much of it, and does nothing else."""
    text = " ".join(text.replace("`", "'").split())
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


def plain_with_formulas(text: str, most: int = 300) -> str:
    """The same as `plain`, but what stands between two dollar signs is a formula in LaTeX."""
    parts = _FORMULA.split(text[:most])
    return "".join(
        f"${part}$" if place % 2 else _kept_ends(part) for place, part in enumerate(parts)
    )


def _kept_ends(text: str) -> str:
    """Plain text with the blanks at its ends, which part it from a formula there."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{plain(text, len(text))}{after}" if text.strip() else text[:1]


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
