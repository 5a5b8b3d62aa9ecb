import pytest

from tests import own_loop
from ui.server import counting
from ui.server.counting import TRY_AGAIN_LATER, Counting, Visits, note_page_error
from ui.shared.tally import Tally, Trouble


@pytest.fixture
def visits(monkeypatch):
    visits = Visits()
    monkeypatch.setattr(counting, "visits", lambda: visits)
    return visits


@pytest.fixture
def tally(monkeypatch):
    tally = Tally()
    monkeypatch.setattr(counting, "note", tally.note)
    return tally


def answer(kind, path, *messages):
    """Let an app answer so."""
    seen = []

    async def app(scope, receive, send):
        for message in messages:
            await send(message)
            seen.append((counting.visits().now, counting.visits().most))

    async def nothing(*_):
        return None

    own_loop.run(Counting(app)({"type": kind, "path": path}, nothing, nothing))
    return seen


def test_a_visit_counts_as_long_as_it_lasts(visits, tally):
    seen = answer("websocket", "/_stcore/stream", {"type": "websocket.accept"})
    assert seen == [(1, 1)]
    assert visits == Visits(now=0, most=1)
    assert not tally.counts()


def test_refusals_are_noted_and_no_visits(visits, tally):
    answer("websocket", "/_stcore/stream", {"type": "websocket.close"})
    assert visits == Visits()
    assert "another site" in tally.counts()[Trouble.REQUEST].reason
    full = {"type": "websocket.close", "code": TRY_AGAIN_LATER}
    answer("websocket", "/_stcore/stream", full)
    assert "full" in tally.counts()[Trouble.REQUEST].reason
    for status in (200, 404, 413):
        message = {"type": "http.response.start", "status": status}
        answer("http", "/_stcore/upload_file/somebody/something", message)
    note_page_error(ValueError("Anna"))
    counts = tally.counts()
    assert counts[Trouble.REQUEST].times == 3
    assert counts[Trouble.REQUEST].reason == "an upload, with status 413"
    assert counts[Trouble.PAGE].reason == "ValueError"
