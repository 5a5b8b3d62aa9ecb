"""The operator: who is one, and what a wrong secret costs."""

import time

import pytest
import streamlit as st

from ui.runs.operator import (
    FORGOTTEN_SECONDS,
    GAP_SECONDS,
    MOST_PAUSE_SECONDS,
    SIGNED_IN_SECONDS,
    Office,
)
from ui.shared.child_environment import child_environment
from ui.shared.operator_secret import operator_secret

RIGHT = "teachers-secret"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_the_right_secret_makes_one_browser_the_operators(clock: list[float]) -> None:
    office = Office()
    assert office.sign_in("mine", RIGHT, RIGHT) is None
    assert office.knows("mine")
    assert not office.knows("other")
    office.sign_out("mine")
    assert not office.knows("mine")
    office.sign_in("mine", RIGHT, RIGHT)
    clock[0] += SIGNED_IN_SECONDS + 1
    assert not office.knows("mine")


@pytest.mark.parametrize("wrong", ["", "teachers", "teachers-secret ", "gehéimnis", "x" * 10_000])
def test_after_a_wrong_secret_also_the_right_one_has_to_wait(
    clock: list[float], wrong: str
) -> None:
    office = Office()
    assert office.sign_in("mine", wrong, RIGHT) == "This is not the operator's secret."
    assert "try again in a few seconds" in str(office.sign_in("mine", RIGHT, RIGHT))
    assert not office.knows("mine")
    clock[0] += 1.1
    assert office.sign_in("mine", RIGHT, RIGHT) is None


def test_the_pause_grows_to_a_few_seconds_and_is_forgotten(clock: list[float]) -> None:
    office = Office()
    tried = 0
    for _ in range(100):  # ten seconds
        tried += office.sign_in("mine", "wrong", RIGHT) == "This is not the operator's secret."
        clock[0] += 0.1
    assert tried <= 5
    clock[0] += MOST_PAUSE_SECONDS + 61
    office.sign_in("mine", "wrong", RIGHT)
    clock[0] += 1.1
    assert office.sign_in("mine", RIGHT, RIGHT) is None


def test_wrong_secrets_of_others_do_not_delay_the_teacher(clock: list[float]) -> None:
    office = Office()
    office.sign_in("teachers", RIGHT, RIGHT)
    office.sign_out("teachers")
    for number in range(100):
        office.sign_in(f"pupil {number}", "wrong", RIGHT)
    assert office.sign_in("teachers", RIGHT, RIGHT) is None
    assert "Others are trying" in str(office.sign_in("teachers other", RIGHT, RIGHT))
    clock[0] += GAP_SECONDS
    assert office.sign_in("teachers other", RIGHT, RIGHT) is None


def test_new_browsers_do_not_get_round_the_pause(clock: list[float]) -> None:
    office = Office()
    tried = 0
    for number in range(1000):  # ten seconds
        tried += office.sign_in(str(number), "wrong", RIGHT) == "This is not the operator's secret."
        clock[0] += 0.01
    assert tried <= 10 / GAP_SECONDS + 1
    clock[0] += FORGOTTEN_SECONDS + MOST_PAUSE_SECONDS
    office.sign_in("last", "wrong", RIGHT)
    assert len(office._pauses) == 1  # what came of the others takes no room for ever


def test_the_secret_comes_from_the_environment_or_the_apps_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SCRATCH_NN_OPERATOR", raising=False)
    assert operator_secret() is None
    monkeypatch.setattr(st, "secrets", {"operator": "in-the-file"})
    assert operator_secret() == "in-the-file"
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", RIGHT)
    assert operator_secret() == RIGHT
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", "1234567")
    assert operator_secret() is None


def test_trainings_do_not_hear_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", RIGHT)
    monkeypatch.setenv("operator", RIGHT)
    assert RIGHT not in child_environment().values()
