"""How many files the server may open is raised where that is possible, and never in the way."""

import pytest

from ui.server.handles import ENOUGH, raise_limit

resource = pytest.importorskip("resource")
NO_LIMIT = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("now", "most", "raised"),
    [
        (1024, 4096, 4096),
        (1024, NO_LIMIT, ENOUGH),  # macOS, which refuses more
        (1024, 1_000_000, ENOUGH),
        (1024, 1024, 1024),
        (20_000, 20_000, 20_000),
        (NO_LIMIT, NO_LIMIT, None),
    ],
)
def test_the_limit_is_raised_as_far_as_makes_sense(monkeypatch, now, most, raised):
    limits = [now, most]
    monkeypatch.setattr(resource, "getrlimit", lambda _: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", lambda _, new: limits.__setitem__(slice(2), new))
    assert raise_limit() == raised
    assert limits == [NO_LIMIT if raised is None else raised, most]


def test_a_system_that_refuses_stops_nothing(monkeypatch):
    def refuse(*_):
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert raise_limit() == 1024
