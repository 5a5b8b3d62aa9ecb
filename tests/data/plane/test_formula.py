"""Typed formulas: what they mean, what is said of bad ones, and that no text does any harm."""

import re
import time

import numpy as np
import pytest

from data.plane import Formula
from data.plane.formula import CONSTANTS, FUNCTIONS

X1 = np.array([2.0, -1.5, 0.25])
X2 = np.array([3.0, 0.5, -4.0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x1", X1),
        ("y", X2),
        ("3", [3, 3, 3]),
        (" 1.5e1 ", [15, 15, 15]),
        (".5x", X1 / 2),
        ("x1 + 2*x2 - 1", X1 + 2 * X2 - 1),
        ("8 - 2 - 1", [5, 5, 5]),
        ("16 / 4 / 2", [2, 2, 2]),
        ("2 + 3 * 4", [14, 14, 14]),
        ("(2 + 3) * 4", [20, 20, 20]),
        ("2^3^2", [512] * 3),
        ("2**-1", [0.5] * 3),
        ("-x^2", -(X1**2)),
        ("(-x)^2", X1**2),
        ("2 * -x", -2 * X1),
        ("--x", X1),
        ("2x1 x2", 2 * X1 * X2),
        ("2(x + 1)(y - 1)", 2 * (X1 + 1) * (X2 - 1)),
        ("3sin(x) cos(y)", 3 * np.sin(X1) * np.cos(X2)),
        ("6/2x", 3 * X1),
        ("|x| - |y|", np.abs(X1) - np.abs(X2)),
        ("||x| - 1|", np.abs(np.abs(X1) - 1)),
        ("X1 + Sin(X2)", X1 + np.sin(X2)),
        ("x² − x₂³ · π", X1**2 - X2**3 * np.pi),
        ("e^x", np.exp(X1)),
        ("2e", [2 * np.e] * 3),
        (
            "sqrt(abs(x)) + sign(y) + tanh(x) + exp(-x)",
            np.sqrt(np.abs(X1)) + np.sign(X2) + np.tanh(X1) + np.exp(-X1),
        ),
    ],
)
def test_meaning(text, expected):
    np.testing.assert_allclose(Formula(text)(X1, X2), expected, rtol=1e-14)


def test_where_it_has_no_value_it_is_nought():
    x = np.array([0.0, -1.0, 4.0])
    np.testing.assert_array_equal(Formula("1/x")(x, x), [0, -1, 0.25])
    np.testing.assert_array_equal(Formula("sqrt(x)")(x, x), [0, 0, 2])
    np.testing.assert_array_equal(Formula("log(x) - log(x)")(x, x), [0, 0, 0])
    np.testing.assert_array_equal(Formula("9^9^9^9")(x, x), [0, 0, 0])
    np.testing.assert_array_equal(Formula("1e999")(x, x), [0, 0, 0])


def test_any_shape_and_what_stands_in_it():
    grid = np.meshgrid(np.arange(4.0), np.arange(3.0))
    assert Formula("x1 x2")(*grid).shape == (3, 4)
    assert Formula("7")(*grid).shape == (3, 4)
    assert Formula("x + Y").has_x2
    assert not Formula("exp(x1)").has_x2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "formula must not be empty"),
        ("  ", "formula must not be empty"),
        ("x +", 'expected a number, a name or "(" at character 4, got the end'),
        ("x + * y", "expected a number, a name or \"(\" at character 5, got '*'"),
        ("(x + 1", 'expected an operation or ")" at character 7, got the end'),
        ("x + 1)", "expected an operation such as + or * at character 6, got ')'"),
        ("|x", 'expected an operation or "|" at character 3, got the end'),
        ("2|x|", "expected an operation such as + or * at character 2, got '|'"),
        ("x 2", "expected an operation such as + or * at character 3, got '2'"),
        ("sin x", "expected \"(\" after sin at character 5, got 'x'"),
        ("sin()", "expected a number, a name or \"(\" at character 5, got ')'"),
        ("x3 + 1", "unknown name 'x3' at character 1; known are x1, x2, pi, e and sin, cos"),
        ("1 + import", "unknown name 'import' at character 5"),
        ("__import__", "character 1, '_', has no meaning"),
        ("x = 3", "character 3, '=', has no meaning"),
        ("1,5", "character 2, ',', has no meaning"),
        ("(" * 40 + "x" + ")" * 40, "at most 30 brackets and powers may stand in each other"),
        ("2^" * 40 + "2", "at most 30 brackets and powers may stand in each other"),
        ("x" * 201, "formula must have at most 200 characters, got 201"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Formula(text)


def test_no_text_does_any_harm():
    rng = np.random.default_rng(0)
    words = [*FUNCTIONS, *CONSTANTS, *"xy+-*/^()|19_$é९²³π−·\0\n", "x1", "x2", "**", "2.5", ".5"]
    words += ["1e3", "1e999", "lambda", "1_0", "0x1f", *["(", ")", "x", "+"] * 3]
    good = 0
    began = time.process_time()
    for _ in range(4000):
        text = "".join(rng.choice(words, rng.integers(1, 25)))
        try:
            formula = Formula(text)
        except ValueError:
            continue
        good += 1
        values = formula(X1, X2)
        assert np.isfinite(values).all()
    assert good > 50
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text",
    ["-" * 199 + "x", "x" * 200, "x^" * 29 + "x", "(" * 30 + "x" + ")" * 30, "|" * 200, "+x" * 100],
)
def test_the_largest_formulas_take_no_time(text):
    x = np.linspace(-6, 6, 2000)
    began = time.process_time()
    try:
        Formula(text)(x, x)
    except ValueError:
        assert text == "|" * 200
    assert time.process_time() - began < 0.5
