"""Text of strangers in Markdown. That a browser makes nothing of it: tests/browser."""

import pytest

from ui.shared.url_text import plain, plain_with_formulas, quote


@pytest.mark.parametrize("text", ["7", "T-shirt/top", "ki き", "784-16-10, MNIST, 98.7 %"])
def test_ordinary_text_stays_as_it_is(text):
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("[Click](x)", r"\[Click\](x)"),
        ("![x](y)", r"!\[x\](y)"),
        (
            "<b> | `c` *d* _e_ $f$ # ~g~ &amp; \\",
            r"\<b> \| \`c\` \*d\* \_e\_ \$f\$ \# \~g\~ \&amp; \\",
        ),
        ("one\n\n# two", r"one \# two"),
        ("http://x", "http:\u2060//x"),
        ("WWW.x a@b", "WWW\u2060.x a@\u2060b"),
        ("12:30, so: yes", "12:\u206030, so: yes"),
    ],
)
def test_what_markdown_would_make_something_of_is_escaped(text, markdown):
    assert plain(text) == markdown


def test_long_text_is_cut():
    assert plain("x" * 1000, most=10) == "x" * 10 + "…"
    assert len(quote("x" * 1000)) < 50


def test_a_quote_cannot_be_left():
    assert quote("a` [b](c)\n\n# d") == "`a' [b](c) # d`"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a $x^2$ b", "a $x^2$ b"),
        ("$a_1$, $b$", "$a_1$, $b$"),
        ("5 $ and 6 $", r"5 \$ and 6 \$"),
        ("*a* $x$", r"\*a\* $x$"),
        ("$x$ [a](b)", r"$x$ \[a\](b)"),
        ("$a`b$ c`", r"\$a\`b\$ c\`"),
        ("$<b>$", r"\$\<b>\$"),
        ("$a\n\nb$", r"\$a b\$"),
    ],
)
def test_formulas_are_left_and_nothing_else(text, shown):
    assert plain_with_formulas(text) == shown
