"""What counts as a fault where a hundred thousand odd cases are tried."""

import pkgutil
import re
import signal
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random

import pytest

from tests.stress import parts
from tests.stress.fuzz import campaign


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM)
    yield
    signal.signal(signal.SIGALRM, before)


def tried(monkeypatch: pytest.MonkeyPatch, trial: campaign.Trial, count: int) -> campaign.Outcome:
    monkeypatch.setitem(campaign._trials, "of a test", trial)
    return campaign._try_some("of a test", 0, count)


def test_only_a_reason_in_words_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    errors: list[Exception | None] = [
        None,
        ValueError("it must be short"),
        ValueError(),
        ValueError("x" * 10_000),
    ]
    errors += [KeyError("x"), RecursionError(), AssertionError()]
    told = iter(errors)

    def trial(rng: Random) -> None:
        error = next(told)
        if error is not None:
            raise error

    outcome = tried(monkeypatch, trial, len(errors))
    assert outcome.tried == 7
    assert outcome.refused == 3
    assert [fault.split(":")[0] for fault in outcome.faults] == [f"case {n}" for n in range(2, 7)]
    assert "KeyError in test_fuzz.py" in outcome.faults[2]


def test_one_that_hangs_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign, "HANGS_SECONDS", 1)
    outcome = tried(monkeypatch, lambda rng: signal.pause(), 1)
    assert "TimeoutError" in outcome.faults[0]


def test_a_case_is_the_same_each_time() -> None:
    assert campaign.case("events", 7).random() == campaign.case("events", 7).random()
    assert campaign.case("events", 7).random() != campaign.case("events", 8).random()


def test_each_kind_is_tried_in_one_part() -> None:
    # Importing it would take seconds, for all that the kinds use.
    text = Path(campaign.__file__).with_name("kinds.py").read_text(encoding="utf-8")
    kinds = re.findall(r'^    "(.+)": ', text, re.MULTILINE)
    names = [one.name for one in pkgutil.iter_modules(parts.__path__)]
    modules = [import_module(f"{parts.__name__}.{name}") for name in names if "hostile_" in name]
    assert "event files" in kinds
    assert sorted(kind for module in modules for kind in module.KINDS) == sorted(kinds)
