"""A visitor without a browser, in front of a small app."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path

import pytest

from benchmarks.light_visitor import LightVisitor, NoAnswer
from tests import own_loop

APP = Path(__file__).with_name("small_app.py")
Visit = Callable[[LightVisitor], Coroutine[None, None, None]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(APP), "--server.headless", "true"),
        *("--server.address", "127.0.0.1", "--server.port", "0"),
        *("--server.fileWatcherType", "none", "--client.showErrorDetails", "full"),
    ]
    process = subprocess.Popen(
        command, cwd=APP.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    try:
        yield next(line.split()[-1] for line in process.stdout if "URL:" in line)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.fixture
def visit(url: str) -> Callable[..., None]:
    """Do something as a visitor who has opened the app."""

    def visit(do: Visit, query: str = "", **options: object) -> None:
        async def visiting() -> None:
            async with LightVisitor.visiting(url, **options) as visitor:
                await visitor.open("", query)
                await do(visitor)

        own_loop.run(visiting())

    return visit


def texts(visitor: LightVisitor) -> list[str]:
    return [text.value for text in visitor.screen.tree().text]


def says(visitor: LightVisitor, text: str) -> bool:
    return text in texts(visitor)


def test_address_cookies_and_query_are_the_visitors_own(visit):
    async def look(visitor):
        assert says(visitor, "from 10.0.0.7")
        assert says(visitor, "crumb abc, query 5")

    visit(look, query="a=5", address="10.0.0.7", cookies={"crumb": "abc"})


def test_values_stay_with_what_is_sent_later(visit):
    async def act(visitor):
        await visitor.give(7, key="size")
        await visitor.press(label="Part")
        await visitor.give(True, label="More")
        assert says(visitor, "size 7")

    visit(act)


def test_what_the_app_sets_itself_counts(visit):
    async def act(visitor):
        await visitor.give(7, key="size")
        await visitor.press(label="Larger")
        await visitor.give(True, label="More")
        assert says(visitor, "size 9")

    visit(act)


def test_a_form_is_sent_as_a_whole(visit):
    async def act(visitor):
        await visitor.give("Ada", label="Name")
        assert not says(visitor, "name Ada")
        await visitor.press(label="Send")
        assert says(visitor, "name Ada")

    visit(act)


def test_a_fragment_runs_alone(visit):
    async def act(visitor):
        assert says(visitor, "part 1, page 1")
        await visitor.press(label="Part")
        assert says(visitor, "part 2, page 1")

    visit(act)


def test_components_speak(visit):
    async def act(visitor):
        await visitor.trigger("said", "word", {"a": 1})
        await visitor.until(lambda: says(visitor, "said {'a': 1}, stands None"), "the answer")
        await visitor.tell("said", {"state": 5})
        assert says(visitor, "said None, stands 5")

    visit(act)


def test_a_fragment_with_a_timer_runs_until_it_is_gone(visit):
    async def act(visitor):
        await visitor.give(True, label="More")
        await visitor.until(
            lambda: any(text.startswith("timer") and int(text[6:]) >= 4 for text in texts(visitor)),
            "the fourth time",
        )
        await visitor.give(False, label="More")
        assert visitor.screen.timers == {}
        assert not any(text.startswith(("timer", "more")) for text in texts(visitor))

    visit(act)


def test_a_file_arrives(visit):
    async def act(visitor):
        await visitor.upload("a.txt", b"abc")
        assert says(visitor, "file a.txt b'abc'")
        await visitor.press(label="Part")
        assert says(visitor, "file a.txt b'abc'")

    visit(act)


def test_what_is_kept_is_not_sent_again(visit):
    async def act(visitor):
        received = visitor.received
        await visitor.give(4, key="size")
        assert visitor.received - received < 20_000
        assert says(visitor, "x" * 20_000)

    visit(act)


def test_errors_are_remembered(visit):
    async def act(visitor):
        await visitor.press(label="Fail")
        assert visitor.screen.errors == ["RuntimeError: it has failed"]

    visit(act)


def test_the_menu_leads_to_another_page(visit):
    async def act(visitor):
        await visitor.give(True, label="More")
        await visitor.go("second")
        assert texts(visitor) == ["second page"]
        assert visitor.screen.errors == []

    visit(act)


def test_who_comes_back_to_a_page_finds_it_as_it_began(visit):
    async def act(visitor):
        await visitor.give(7, key="size")
        await visitor.go("second")
        await visitor.go("")
        assert says(visitor, "size 3")

    visit(act)


def test_a_fragment_of_the_page_before_is_seen_to_empty_the_page(visit):
    async def act(visitor):
        going = asyncio.create_task(visitor.go("slow"))
        await asyncio.sleep(0)
        await visitor.trigger("said", "word", 1)
        await going
        await visitor.until(lambda: visitor.screen.errors != [], "the fragment")
        assert texts(visitor) == []

    visit(act)


def test_what_does_not_come_has_a_name(visit):
    async def wait(visitor):
        with pytest.raises(NoAnswer, match=r"not within 0.05 s: a miracle"):
            await visitor.until(lambda: False, "a miracle", patience=0.05)
        with pytest.raises(LookupError, match="Nobody"):
            await visitor.press(label="Nobody")

    visit(wait)


def test_nobody_there():
    async def come():
        async with LightVisitor.visiting("http://127.0.0.1:9", patience=5):
            pass

    with pytest.raises(NoAnswer, match="no connection"):
        own_loop.run(come())
