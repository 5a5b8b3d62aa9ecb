"""Long work on a page, as its visitor meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.long_work import pieces
from tests.ui.long_work.test_line import process_of
from tests.ui.runs.trainings import until
from ui.long_work import Done, Failed, Piece, long_work


def script(function: str, arguments: tuple[str, ...]) -> None:
    import streamlit as st

    from tests.ui.long_work import pieces
    from ui.long_work import Piece
    from ui.long_work.shown import long_part

    piece = Piece("asked for", getattr(pieces, function), arguments)
    long_part(piece, "The map", lambda what, is_all: st.write(f"{what}, {is_all=}"))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    long_work.cache_clear()
    yield
    long_work.cache_clear()


def open_page(function: str, *arguments: str) -> AppTest:
    page = AppTest.from_function(script, args=(function, arguments)).run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def text_of(page: AppTest) -> list[str]:
    return [one.value for one in [*page.markdown, *page.caption, *page.error]]


def until_over() -> None:
    until(lambda: isinstance(long_work().state("asked for"), Done | Failed))


def test_it_begins_by_itself_shows_what_is_there_and_then_the_result(tmp_path: Path) -> None:
    page = open_page("until", str(tmp_path / "go"))
    assert text_of(page) == ["None, is_all=False"]
    until(lambda: not text_of(page.run())[0].startswith("None"))
    assert "is_all=False" in text_of(page)[0]
    assert [button.help for button in page.button] == [
        "End this. What others want too goes on for them."
    ]
    (tmp_path / "go").touch()
    until_over()
    assert "is_all=True" in text_of(page.run())[0]
    assert not page.button


def test_what_was_cancelled_stays_so_until_it_is_wanted_after_all(tmp_path: Path) -> None:
    page = open_page("until", str(tmp_path / "go"))
    press(page, "Cancel")
    assert "The map: cancelled." in text_of(page.run())
    assert long_work().state("asked for") is None
    (tmp_path / "go").touch()
    press(page, "Compute it after all")
    until_over()
    assert "is_all=True" in text_of(page.run())[0]


def test_two_that_were_cancelled_can_both_be_computed_after_all(tmp_path: Path) -> None:
    def script(path: str) -> None:
        from tests.ui.long_work import pieces
        from ui.long_work import Piece
        from ui.long_work.shown import long_part

        long_part(Piece("asked for", pieces.until, (path,)), "The map", lambda *_: None)
        long_part(Piece("beside", pieces.until, (path,)), "Its loss", lambda *_: None, "it")

    page = AppTest.from_function(script, args=(str(tmp_path / "go"),)).run()
    for _ in range(2):
        press(page, "Cancel")
    assert {"The map: cancelled.", "Its loss: cancelled."} <= set(text_of(page.run()))
    assert long_work().state("beside") is None
    for _ in range(2):
        press(page, "Compute it after all")
    (tmp_path / "go").touch()
    until_over()
    until(lambda: isinstance(long_work().state("beside"), Done))


def test_what_fails_says_why_and_can_be_tried_again() -> None:
    page = open_page("wrong", "perplexity: 99 is too much")
    until_over()
    assert "The map: perplexity: 99 is too much" in text_of(page.run())
    press(page, "Try again")
    until_over()
    assert "The map: perplexity: 99 is too much" in text_of(page.run())


def test_a_part_that_is_there_already_does_not_end_the_one_that_goes_on(tmp_path: Path) -> None:
    def script(path: str) -> None:
        import streamlit as st

        from tests.ui.long_work import pieces
        from ui.long_work import Piece
        from ui.long_work.shown import long_part

        long_part(Piece("before", pieces.squares, (2,)), "The exam", lambda *_: None)
        long_part(Piece("after", pieces.until, (path,)), "The exam", lambda *_: None)
        st.button("Something else")

    long_work().ask(Piece("before", pieces.squares, (2,)), "another visit")
    until(lambda: isinstance(long_work().state("before"), Done))
    page = AppTest.from_function(script, args=(str(tmp_path / "go"),)).run()
    process = process_of(long_work(), "after")
    press(page, "Something else")
    assert process_of(long_work(), "after") == process
    (tmp_path / "go").touch()
    until(lambda: isinstance(long_work().state("after"), Done))
    assert long_work().state("after") == Done(process)
