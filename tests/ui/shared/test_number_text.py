"""Numbers as text: a minus that is as long as a plus, powers of ten with raised digits."""

from ui.shared.number_text import number_text, power_of_ten


def test_a_minus_is_a_minus_in_the_exponent_too():
    assert number_text(-1.23456) == "−1.235"
    assert number_text(0.5, "+.2f") == "+0.50"
    assert number_text(-2.5e-7, "+.2g") == "−2.5e−7"


def test_exponents_are_raised():
    assert [power_of_ten(k) for k in (-12, 0, 3)] == ["10⁻¹²", "10⁰", "10³"]
