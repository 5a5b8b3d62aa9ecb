"""Showing what came in a URL."""


def quote(text: str) -> str:
    """Text of a stranger as Markdown that shows it, not too much of it, and does nothing else."""
    text = " ".join(text.replace("`", "'").split())
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"
