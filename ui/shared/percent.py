"""Shares and probabilities as text."""


def percent(share: float) -> str:
    """A share in [0, 1] for reading, never rounded to a certainty that is not there."""
    if 0.9995 <= share < 1:
        return ">99.9 %"
    if 0 < share < 0.0005:
        return "<0.1 %"
    return f"{100 * share:.1f} %"
