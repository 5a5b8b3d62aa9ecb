"""Spans of time for people."""


def measured(seconds: float) -> str:
    """A measured span with one decimal, a very short one with two: 0.0 s would be no time."""
    return f"{seconds:.1f} s" if seconds >= 0.095 else f"{max(0.01, seconds):.2f} s"
