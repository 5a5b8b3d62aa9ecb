"""What trains for a visitor: pieces, acts, and going to what is on screen."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from tests.ui.playground.asked_player import (
    CONFIG,
    ask,
    assert_is,
    more,
    player,
    trained,
)
from tests.ui.playground.replies import read_reply
from ui.playground.acts import ask_of
from ui.playground.governor import Governor
from ui.playground.pace import LEAST_COST


def test_a_piece_is_played_at_the_speed_that_was_asked_for():
    one = player()
    head, (arm,) = read_reply(one.reply)
    assert arm.steps == [0]
    assert head["seconds"] == 0
    (arm,) = more(one, "normal")  # 12 epochs of 10 steps in 6 frames
    assert arm.steps == [20, 40, 60, 80, 100, 120]
    assert read_reply(one.reply)[0]["seconds"] == pytest.approx(0.2)
    assert_is(arm, trained(CONFIG, 120))
    (arm,) = more(one, "slow")  # each batch is a frame
    assert arm.steps == [121, 122]
    (arm,) = more(one, "full")
    assert arm.steps[-1] > 122
    assert_is(arm, trained(CONFIG, arm.steps[-1]))


def test_a_machine_that_is_late_still_gets_a_moment_further(monkeypatch):
    one = player()
    clock = count()
    monkeypatch.setattr("ui.playground.player.time.perf_counter", lambda: float(next(clock)))
    (arm,) = more(one)
    assert arm.steps[-1] > 0


def test_what_others_hold_it_up_by_is_not_its_own_cost(monkeypatch):
    monkeypatch.setattr("ui.playground.governor.MOST", 0.1)
    one = player()
    clock = count()
    monkeypatch.setattr("ui.playground.player.time.perf_counter", lambda: 0.02 * next(clock))
    for piece in (1, 2, 3):
        (arm,) = more(one)
        assert arm.steps[-1] == 120 * piece


def test_a_clock_that_ticks_seldom_does_not_make_training_endless(monkeypatch):
    monkeypatch.setattr("ui.playground.player.time.thread_time", lambda: 0.0)
    one = player()
    for _ in range(30):
        (arm,) = more(one)
    before = arm.steps[-1]
    (arm,) = more(one, "full")
    assert before < arm.steps[-1] <= before + 0.2 * 0.5 / LEAST_COST


def test_who_asks_again_at_once_gets_a_batch_and_others_have_the_part_of_who_rests(monkeypatch):
    monkeypatch.setattr("ui.playground.governor.MOST_CREDIT", 1e-3)
    governor = Governor(lambda: 0.0)  # no time passes from one question to the next
    one = player(governor=governor)
    (first,) = more(one, "full")
    assert first.steps[-1] > 1
    (arm,) = more(one, "full")
    assert arm.steps == [first.steps[-1] + 1]
    assert governor.players == 1
    ask(one, "go")
    assert governor.players == 0


def test_slow_is_a_batch_at_a_time_where_a_batch_is_all_points():
    one = player(replace(CONFIG, batch_size=0))
    (arm,) = more(one, "slow", seconds=0.4)
    assert arm.steps == [1]
    assert read_reply(one.reply)[0]["seconds"] == pytest.approx(1 / 3, abs=1e-4)


def test_what_the_hand_does_is_about_what_is_on_screen():
    one = player()
    more(one)
    (arm,) = ask(one, "go", [60])
    assert_is(arm, trained(CONFIG, 60))
    (arm,) = ask(one, "go", [120])  # forwards again
    assert_is(arm, trained(CONFIG, 120))
    (arm,) = ask(one, "edit", [40], arm=0, index=3, value=0.5)
    assert arm.steps == [40]
    assert arm.parameters[0, 3] == 0.5
    expected = trained(CONFIG, 40)
    expected.edit(3, 0.5)
    (arm,) = more(one)
    expected.train(arm.steps[-1] - 40)
    assert_is(arm, expected)
    (arm,) = ask(one, "go", [5_000])  # which was never trained
    assert arm.steps == [160]


def test_steps_of_a_point_a_batch_and_an_epoch():
    one = player()
    (arm,) = ask(one, "step", unit="batch")
    assert arm.moments[-1][:2] == [1, 0.1]
    (arm,) = ask(one, "step", unit="point")
    assert arm.moments[-1][:2] == [2, 0.11]
    (arm,) = ask(one, "step", unit="epoch")
    assert arm.moments[-1][1] == 1
    (arm,) = ask(one, "step", unit="epoch")
    assert arm.moments[-1][1] == 2


def test_locked_and_switched_off_are_told_and_stay_after_again():
    one = player()
    ask(one, "lock", arm=0, index=2, on=True)
    (arm,) = ask(one, "off", arm=0, layer=1, neuron=0, on=False)
    assert arm.head["locked"] == [2]
    assert arm.head["off"] == [[1, 0]]
    (later,) = more(one)
    assert later.parameters[-1, 2] == later.parameters[0, 2] == arm.parameters[0, 2]
    (again,) = ask(one, "restart")
    assert again.head["run"] != arm.head["run"]
    assert again.steps == [0]
    assert again.head["locked"] == [2]
    assert again.head["off"] == [[1, 0]]
    (arm,) = ask(one, "off", arm=0, layer=1, neuron=0, on=True)
    assert arm.head["off"] == []


def test_what_does_not_exist_is_not_changed():
    one = player()
    before = read_reply(one.reply)[1][0]
    ask(one, "edit", arm=0, index=25, value=1.0)
    ask(one, "edit", arm=1, index=0, value=1.0)
    ask(one, "off", arm=0, layer=2, neuron=0, on=False)  # the output
    (arm,) = ask(one, "off", arm=0, layer=0, neuron=4, on=False)
    np.testing.assert_array_equal(arm.parameters[-1], before.parameters[-1])
    assert arm.head["off"] == []


def test_an_act_on_a_training_that_is_gone_does_nothing():
    one = player()
    more(one)
    reply = one.reply
    old = [["gone", 60]]
    one.answer(ask_of({"id": 1, "kind": "step", "unit": "epoch", "at": old}))
    assert read_reply(one.reply)[1][0].steps == read_reply(reply)[1][0].steps[-1:]


def test_it_stops_where_the_loss_is_as_small_as_asked_and_goes_on_from_there():
    one = player(stop_loss=0.2)
    for _ in range(60):
        (arm,) = more(one)
        if arm.head["stopped"]:
            break
    assert arm.head["stopped"] == "loss"
    assert arm.moments[-1][3] <= 0.2 < arm.moments[-2][3]
    before, stopped = arm.steps[-2:-1], arm.steps[-1:]
    (arm,) = more(one, begins=True)
    assert arm.head["stopped"] is None
    assert len(arm.moments) == 6
    ask(one, "go", before)  # where the loss was larger
    (arm,) = more(one, begins=True)
    assert arm.head["stopped"] == "loss"
    assert arm.steps == stopped


def test_numbers_that_run_away_are_explained_and_left_by_going_back():
    x = np.random.default_rng(0).uniform(-6, 6, (100, 2))
    points = Points(x, x.sum(1) / 12, 0)
    wild = PlaneConfig(hidden=(), activations=(), classes=0, learning_rate=1.0)
    one = player(wild, points=(points, points))
    for _ in range(20):
        (arm,) = more(one)
        if arm.head["diverged"]:
            break
    assert "learning rate" in arm.head["diverged"]["words"]
    assert np.isfinite(arm.parameters).all()
    (arm,) = ask(one, "go", [arm.head["diverged"]["to"]])
    assert arm.head["diverged"] is None


def test_large_networks_say_their_gradients_once_in_a_piece():
    large = PlaneConfig(hidden=(16,) * 3, activations=("tanh",) * 3)
    (small,), (big,) = more(player()), more(player(large))
    assert len(small.slopes) == 6
    assert len(big.slopes) == 1
    training = trained(large, big.steps[-1])
    np.testing.assert_array_equal(big.slopes[-1, 0], training.gradients().astype("f4"))
    np.testing.assert_array_equal(big.slopes[-1, 1], training.changes().astype("f4"))
