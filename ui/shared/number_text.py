"""Numbers as text, with a real minus sign and raised exponents."""

import re

_EXPONENT = re.compile(r"e\+?(-?)0*(?=\d)")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_text(value: float, spec: str = ".4g") -> str:
    """As Python's format `spec` has it, such as "−1.234" or, with "+.2f", "+1.23"; powers of ten as
    the browser's views have them, "1.2e−5"."""
    return _EXPONENT.sub(r"e\1", f"{value:{spec}}").replace("-", "−")


def power_of_ten(exponent: int) -> str:
    """Such as "10⁻⁵"."""
    return f"10{str(exponent).translate(_RAISED)}"
