"""The operator: who is one, and what a wrong secret costs."""

import random
import time
from threading import Thread

import pytest
import streamlit as st

from ui.runs.operator import (
    FORGOTTEN_SECONDS,
    GAP_SECONDS,
    MOST_PAUSE_SECONDS,
    SIGNED_IN_SECONDS,
    TOTAL_GAP_SECONDS,
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
    assert office.sign_in("mine", "address", RIGHT, RIGHT) is None
    assert office.knows("mine")
    assert not office.knows("other")
    office.sign_out("mine")
    assert not office.knows("mine")
    office.sign_in("mine", "address", RIGHT, RIGHT)
    clock[0] += SIGNED_IN_SECONDS + 1
    assert not office.knows("mine")


@pytest.mark.parametrize("wrong", ["", "teachers", "teachers-secret ", "gehéimnis", "x" * 10_000])
def test_after_a_wrong_secret_also_the_right_one_has_to_wait(
    clock: list[float], wrong: str
) -> None:
    office = Office()
    assert office.sign_in("mine", "address", wrong, RIGHT) == "This is not the operator's secret."
    assert "try again in a few seconds" in str(office.sign_in("mine", "address", RIGHT, RIGHT))
    assert not office.knows("mine")
    clock[0] += 1.1
    assert office.sign_in("mine", "address", RIGHT, RIGHT) is None


def test_nobody_waits_for_the_log_of_wrong_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    office, signed_in = Office(), []

    def slowly(*_: object) -> None:
        other = Thread(
            target=lambda: signed_in.append(office.sign_in("other", "", RIGHT, RIGHT)), daemon=True
        )
        other.start()
        other.join(60)

    monkeypatch.setattr("ui.runs.operator.GAP_SECONDS", 0.0)
    monkeypatch.setattr("ui.runs.operator.TOTAL_GAP_SECONDS", 0.0)
    monkeypatch.setattr("ui.runs.operator.note", slowly)
    office.sign_in("mine", "", "wrong", RIGHT)
    assert signed_in == [None]


def test_the_pause_grows_to_a_few_seconds_and_is_forgotten(clock: list[float]) -> None:
    office = Office()
    tried = 0
    for _ in range(100):  # ten seconds
        tried += (
            office.sign_in("mine", "address", "wrong", RIGHT)
            == "This is not the operator's secret."
        )
        clock[0] += 0.1
    assert tried <= 5
    clock[0] += MOST_PAUSE_SECONDS + 61
    office.sign_in("mine", "address", "wrong", RIGHT)
    clock[0] += 1.1
    assert office.sign_in("mine", "address", RIGHT, RIGHT) is None


class Flood:
    """Wrong secrets at irregular moments, 100 a second, each from a new browser."""

    def __init__(self, office: Office, clock: list[float], addresses: list[str]) -> None:
        self._office, self._clock, self._addresses = office, clock, addresses
        self._random = random.Random(0)
        self._sent = 0
        self.looked_at = 0

    def go_on(self, seconds: float) -> None:
        end = self._clock[0] + seconds
        while (moment := self._clock[0] + self._random.expovariate(100)) < end:
            self._clock[0] = moment
            self._sent += 1
            address = self._addresses[self._sent % len(self._addresses)]
            answer = self._office.sign_in(f"new {self._sent}", address, "wrong", RIGHT)
            self.looked_at += answer == "This is not the operator's secret."
        self._clock[0] = end


def tries_in_a_flood(office: Office, clock: list[float], flood: Flood, browser: str) -> int:
    """How often a teacher has to try, once every second."""
    for tries in range(1, 1000):
        flood.go_on(1.0)
        if office.sign_in(browser, "teacher's", RIGHT, RIGHT) is None:
            return tries
    raise AssertionError("they never got in")


def test_a_flood_of_wrong_secrets_does_not_keep_out_a_teacher_at_another_address(
    clock: list[float],
) -> None:
    office = Office()
    flood = Flood(office, clock, ["pupil's"])
    tries = [tries_in_a_flood(office, clock, flood, f"teacher {n}") for n in range(20)]
    assert max(tries) <= 3
    assert flood.looked_at <= sum(tries) / GAP_SECONDS + 1


def test_a_flood_from_many_addresses_is_held_up_too(clock: list[float]) -> None:
    office = Office()
    flood = Flood(office, clock, [str(n) for n in range(1000)])
    tries = [tries_in_a_flood(office, clock, flood, f"teacher {n}") for n in range(20)]
    assert max(tries) <= 20
    assert flood.looked_at <= sum(tries) / TOTAL_GAP_SECONDS + 1
    assert len(office._gaps) <= GAP_SECONDS / TOTAL_GAP_SECONDS + 1


def test_from_the_teachers_own_address_it_keeps_out_only_who_has_not_been_here(
    clock: list[float],
) -> None:
    office = Office()
    office.sign_in("known", "teacher's", RIGHT, RIGHT)
    office.sign_out("known")
    flood = Flood(office, clock, ["teacher's"])
    assert tries_in_a_flood(office, clock, flood, "known") == 1
    assert tries_in_a_flood(office, clock, flood, "new to it") > 1


def test_new_browsers_do_not_get_round_the_pause(clock: list[float]) -> None:
    office = Office()
    tried = 0
    for number in range(1000):  # ten seconds
        tried += (
            office.sign_in(str(number), "address", "wrong", RIGHT)
            == "This is not the operator's secret."
        )
        clock[0] += 0.01
    assert tried <= 10 / GAP_SECONDS + 1
    clock[0] += FORGOTTEN_SECONDS + MOST_PAUSE_SECONDS
    office.sign_in("last", "address", "wrong", RIGHT)
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
