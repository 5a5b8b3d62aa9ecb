"""The very lines of nn/ that do what a step tells."""

import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import streamlit as st

from ui.shared.source_lines import source_of
from ui.shared.static_assets import source_url


class Excerpt(NamedTuple):
    """Lines of a file that follow each other.

    place: the file within the project.
    first: the number of the first line, from 1 on.
    text: the lines, without the indentation that all of them have.
    url: where the browser finds the whole file.
    """

    place: str
    first: int
    text: str
    url: str


@cache
def excerpt(
    function: Callable[..., Any], first: str | None = None, last: str | None = None
) -> Excerpt:
    """A function as it is written, or its lines from the one that holds `first` to the one that
    holds `last`; with `first` alone that line.

    LookupError unless each stands in one line of the function and no more, and in this order.
    """
    source = source_of(function)
    begin = 0 if first is None else source.line_with(first)
    end = begin if last is None else source.line_with(last)
    if first is None and last is None:
        end = len(source.lines) - 1
    if end < begin:
        raise LookupError(f"{last!r} stands before {first!r} in {function.__qualname__}")
    text = textwrap.dedent("".join(source.lines[begin : end + 1])).rstrip()
    return Excerpt(source.place, source.start + begin, text, source_url(source.file))


def show_code(*excerpts: Excerpt) -> None:
    """Draw them below each other, each with a link to its file."""
    for one in excerpts:
        st.markdown(
            f"From [{one.place}]({one.url}), line {one.first}",
            help="The lines are read from the file while the page is drawn: they are those that "
            "run. The link opens the whole file.",
        )
        st.code(one.text, language="python", wrap_lines=True)
