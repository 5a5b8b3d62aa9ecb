"""Formulas that a visitor types: a small language of its own, never Python's `eval`.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed | power }
    signed  = ("-" | "+") signed | power
    power   = value [ ("^" | "**") signed ]
    value   = number | name | function "(" sum ")" | "(" sum ")" | "|" sum "|"

As in mathematics a minus sign binds less than a power, -x^2 is -(x^2), and x^2^3 is x^(2^3). 2x is
2 * x: what follows without an operation begins with a name or "(".
"""

import re
from collections.abc import Callable
from typing import NamedTuple, NoReturn

import numpy as np

Array = np.ndarray

FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "tanh": np.tanh,
    "sign": np.sign,
}
CONSTANTS = {"pi": np.pi, "e": np.e}
MOST_CHARACTERS = 200
_DEEPEST = 30
_VARIABLES = {"x1": "x1", "x": "x1", "x2": "x2", "y": "x2"}
_OPERATIONS = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}
# As they are written in books, and by the page itself.
_SPELLINGS = {
    "**": ["^"],
    "−": ["-"],
    "·": ["*"],
    "×": ["*"],
    "÷": ["/"],
    "²": ["^", "2"],
    "³": ["^", "3"],
    "π": ["pi"],
    "x₁": ["x1"],
    "x₂": ["x2"],
}
_TOKEN = re.compile(
    r"((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|x₁|x₂|x[12]?(?!\d)|y(?!\d)|[a-z]+\d*|\*\*|[-+*/^()|−·×÷²³π])",
    re.IGNORECASE | re.ASCII,
)


class _Token(NamedTuple):
    text: str
    place: int  # in the typed text, from 1

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit() or self.text[:1] == "."

    @property
    def is_name(self) -> bool:
        return self.text[:1].isalpha()


class Formula:
    """A formula in x1 (also x) and x2 (also y).

    Called with two arrays of one shape it gives the values there, and 0 where it has none.

    text: as it was typed.
    has_x2: whether x2 stands in it.

    Raises ValueError that says what is wrong with the text, and at which character.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > MOST_CHARACTERS:
            raise ValueError(
                f"formula must have at most {MOST_CHARACTERS} characters, got {len(text)}"
            )
        self._program = _Parser(text).program()
        self.has_x2 = "x2" in self._program

    def __call__(self, x1: Array, x2: Array) -> Array:
        values = self._values(x1, x2)
        return np.where(np.isfinite(values), values, 0.0)

    def has_value(self, x1: Array, x2: Array) -> Array:
        """Whether it has a value at each of these places, as booleans of the same shape."""
        return np.isfinite(self._values(x1, x2))

    def _values(self, x1: Array, x2: Array) -> Array:
        """The values, NaN or infinite where there are none."""
        variables = {"x1": np.asarray(x1, float), "x2": np.asarray(x2, float)}
        stack: list[Array] = []
        with np.errstate(all="ignore"):
            for word in self._program:
                if isinstance(word, float):
                    stack.append(np.array(word))
                elif word in variables:
                    stack.append(variables[word])
                elif word in _OPERATIONS:
                    right = stack.pop()
                    stack.append(_OPERATIONS[word](stack.pop(), right))
                else:
                    stack.append(FUNCTIONS[word](stack.pop()))
        return np.broadcast_to(stack.pop(), variables["x1"].shape)


class _Parser:
    """Turns a text into a program for a stack: numbers and variables are laid on it, functions and
    operations take from it."""

    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text), _Token("", len(text) + 1)]
        self._at = 0
        self._depth = 0
        self._program: list[float | str] = []

    def program(self) -> list[float | str]:
        if not self._next.text:
            raise ValueError("formula must not be empty: write for instance sin(x1) * x2")
        self._sum()
        if self._next.text:
            self._refuse("an operation such as + or *")
        return self._program

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].text

    def _refuse(self, expected: str) -> NoReturn:
        token = self._next
        got = repr(token.text) if token.text else "the end"
        raise ValueError(f"formula: expected {expected} at character {token.place}, got {got}")

    def _sum(self) -> None:
        self._product()
        while self._next.text in ("+", "-"):
            operation = self._take()
            self._product()
            self._program.append(operation)

    def _product(self) -> None:
        self._signed()
        while True:
            if self._next.text in ("*", "/"):
                operation = self._take()
                self._signed()
                self._program.append(operation)
            elif self._next.is_name or self._next.text == "(":
                self._power()
                self._program.append("*")
            else:
                return

    def _signed(self) -> None:
        negative = False
        while self._next.text in ("-", "+"):
            negative ^= self._take() == "-"
        if negative:
            self._program.append(0.0)
        self._power()
        if negative:
            self._program.append("-")

    def _power(self) -> None:
        self._value()
        if self._next.text == "^":
            self._take()
            self._inside(self._signed)
            self._program.append("^")

    def _value(self) -> None:
        token = self._next
        if token.is_number:
            self._program.append(float(self._take()))
        elif token.text in _VARIABLES:
            self._program.append(_VARIABLES[self._take()])
        elif token.text in CONSTANTS:
            self._program.append(CONSTANTS[self._take()])
        elif token.text in FUNCTIONS:
            function = self._take()
            if self._next.text != "(":
                self._refuse(f'"(" after {function}')
            self._bracketed(")")
            self._program.append(function)
        elif token.text == "(":
            self._bracketed(")")
        elif token.text == "|":
            self._bracketed("|")
            self._program.append("abs")
        elif token.is_name:
            raise ValueError(
                f"formula: unknown name {token.text!r} at character {token.place}; known are "
                f"x1, x2, {', '.join(CONSTANTS)} and {', '.join(FUNCTIONS)}"
            )
        else:
            self._refuse('a number, a name or "("')

    def _bracketed(self, closing: str) -> None:
        """A sum in brackets, the first of which comes now."""
        self._take()
        self._inside(self._sum)
        if self._next.text != closing:
            self._refuse(f'an operation or "{closing}"')
        self._take()

    def _inside(self, part: Callable[[], None]) -> None:
        """Read a part that stands in another one."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(
                f"formula: at most {_DEEPEST} brackets and powers may stand in each other, "
                f"got more at character {self._next.place}"
            )
        part()
        self._depth -= 1


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(
                f"formula: character {at + 1}, {text[at]!r}, has no meaning in a formula"
            )
        word = found[0].lower()
        tokens += [_Token(part, at + 1) for part in _SPELLINGS.get(word, [word])]
        at = found.end()
    return tokens
