from collections.abc import Iterator

import pytest
from streamlit.runtime import Runtime

from ui.server import left_visits
from ui.server.left_visits import KEPT_SECONDS, MOST_KEPT, forget_old, note_visit


class Server:
    """Streamlit's runtime, as far as visits go."""

    def __init__(self) -> None:
        self.connected: set[str] = set()
        self.closed: list[str] = []

    def is_active_session(self, visit: str) -> bool:
        return visit in self.connected

    def close_session(self, visit: str) -> None:
        self.closed.append(visit)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    server = Server()
    monkeypatch.setattr(Runtime, "instance", lambda: server)
    left_visits._last_seen.clear()
    yield server
    left_visits._last_seen.clear()


def come(server: Server, monkeypatch: pytest.MonkeyPatch, *visits: str) -> None:
    for visit in visits:
        context = type("", (), {"session_id": visit})
        monkeypatch.setattr(left_visits, "get_script_run_ctx", lambda context=context: context)
        note_visit()
        server.connected.add(visit)


def test_a_visit_is_closed_some_time_after_its_connection(server, monkeypatch):
    come(server, monkeypatch, "a", "b")
    forget_old(lambda: 1000.0)
    server.connected.remove("a")
    assert forget_old(lambda: 1000.0 + KEPT_SECONDS) == 0
    assert forget_old(lambda: 1001.0 + KEPT_SECONDS) == 1
    assert server.closed == ["a"]
    assert forget_old(lambda: 5000.0) == 0


def test_who_comes_back_in_time_is_not_forgotten(server, monkeypatch):
    come(server, monkeypatch, "a")
    forget_old(lambda: 1000.0)
    server.connected.remove("a")
    forget_old(lambda: 1050.0)
    server.connected.add("a")
    forget_old(lambda: 1080.0)
    server.connected.remove("a")
    assert forget_old(lambda: 1060.0 + KEPT_SECONDS) == 0


def test_of_many_that_have_left_the_newest_are_kept(server, monkeypatch):
    visits = [str(number) for number in range(MOST_KEPT + 3)]
    come(server, monkeypatch, *visits)
    for second, visit in enumerate(visits):
        forget_old(lambda second=second: 1000.0 + second / 100)
        server.connected.remove(visit)
    forget_old(lambda: 1001.0)
    assert set(server.closed) == {"0", "1", "2"}
