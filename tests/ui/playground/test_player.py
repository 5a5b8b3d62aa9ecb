"""What trains for a visitor: pieces, acts, and going to what is on screen."""

from dataclasses import replace
from itertools import count
from threading import Thread
from typing import Any

import numpy as np
import pytest

from data.plane.catalog import make_points
from data.plane.points import Points, split
from nn.plane.config import PlaneConfig
from nn.plane.training import PlaneTraining
from tests.ui.playground.replies import Arm, read_reply
from ui.playground.acts import ask_of
from ui.playground.governor import Governor
from ui.playground.player import Player

TRAIN, TEST = split(make_points("circle", 200, 0, 1), 0.5, 0)
CONFIG = PlaneConfig()
_ids = count(1)


def player(*configs: PlaneConfig, points: tuple[Points, Points] = (TRAIN, TEST), **rules) -> Player:
    made = Player(Governor(count().__next__))  # there is always time enough
    made.set_up(configs or (CONFIG,), *points, **rules)
    return made


def ask(one: Player, kind: str, at: list[int] | None = None, **details: Any) -> list[Arm]:
    """Ask as a browser whose screen shows these steps, or what was sent last."""
    _, arms = read_reply(one.reply)
    steps = at or [arm.steps[-1] for arm in arms]
    places = [[arm.head["run"], step] for arm, step in zip(arms, steps, strict=True)]
    one.answer(ask_of({"id": next(_ids), "kind": kind, "at": places, **details}))
    return read_reply(one.reply)[1]


def more(one: Player, speed: str = "normal", seconds: float = 0.2, **options: Any) -> list[Arm]:
    return ask(one, "more", speed=speed, seconds=seconds, **{"begins": False, **options})


def trained(config: PlaneConfig, steps: int) -> PlaneTraining:
    """The same without a player."""
    training = PlaneTraining(config, (TRAIN.x, TRAIN.targets), (TEST.x, TEST.targets))
    training.train(steps)
    return training


def assert_is(arm: Arm, training: PlaneTraining) -> None:
    """The last moment of a reply is where this training stands."""
    expected = training.snapshot()
    np.testing.assert_array_equal(arm.parameters[-1], expected.parameters)
    numbers = [expected.step, expected.epoch, expected.train_loss, expected.test_loss]
    np.testing.assert_allclose(arm.moments[-1][:4], numbers, rtol=1e-6)


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
    assert arm.steps == [121, 122, 123, 124, 125, 126]
    (arm,) = more(one, "full")
    assert arm.steps[-1] > 126
    assert_is(arm, trained(CONFIG, arm.steps[-1]))


def test_a_machine_that_is_late_still_gets_a_moment_further(monkeypatch):
    one = player()
    clock = count()
    monkeypatch.setattr("ui.playground.player.time.perf_counter", lambda: float(next(clock)))
    (arm,) = more(one)
    assert arm.steps[-1] > 0


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


def test_another_set_up_goes_on_where_the_weights_allow_it():
    one = player()
    more(one)
    faster = replace(CONFIG, learning_rate=0.3, optimizer="adam")
    run = read_reply(one.reply)[1][0].head["run"]
    one.set_up((faster,), TRAIN, TEST)
    (arm,) = read_reply(one.reply)[1]
    assert arm.head["run"] == run
    assert arm.steps == [120]
    reply = one.reply
    one.set_up((faster,), *(Points(p.x.copy(), p.targets.copy(), 2) for p in (TRAIN, TEST)))
    assert one.reply is reply  # the page has run, and nothing is new
    one.set_up((replace(faster, hidden=(3,), activations=("tanh",)),), TRAIN, TEST)
    (arm,) = read_reply(one.reply)[1]
    assert arm.head["run"] != run
    assert arm.steps == [0]
    one.set_up((faster,), TEST, TRAIN)
    assert read_reply(one.reply)[1][0].head["run"] not in (run, arm.head["run"])


def test_painted_points_are_learned_by_the_network_that_is_there():
    one = player()
    (before,) = more(one)
    painted = Points(np.vstack((TRAIN.x, [[1.0, 5.0]])), np.append(TRAIN.targets, 1.0), 2)
    one.set_up((CONFIG,), painted, TEST, keeps=True)
    (arm,) = read_reply(one.reply)[1]
    assert arm.head["run"] != before.head["run"]
    assert arm.steps == before.steps[-1:]
    np.testing.assert_array_equal(arm.parameters[0], before.parameters[-1])
    assert arm.moments[0][2] != before.moments[-1][2]
    (arm,) = ask(one, "restart")
    np.testing.assert_array_equal(arm.parameters[0], trained(CONFIG, 0).snapshot().parameters)
    several = Points(TRAIN.x, (TRAIN.targets > 0) + 0.0, 3)
    one.set_up((replace(CONFIG, classes=3),), several, several, keeps=True)
    (arm,) = read_reply(one.reply)[1]  # which need a network of their own
    assert arm.steps == [0]
    assert arm.head["count"] == 31


def test_two_networks_are_trained_to_the_same_epochs():
    other = PlaneConfig(hidden=(8,), activations=("relu",), batch_size=30)
    one = player(CONFIG, other)
    runs = [arm.head["run"] for arm in read_reply(one.reply)[1]]
    for _ in range(3):
        first, second = more(one)
    assert [moment[1] for moment in first.moments] == pytest.approx(
        [moment[1] for moment in second.moments], abs=0.3
    )
    assert_is(first, trained(CONFIG, first.steps[-1]))
    assert_is(second, trained(other, second.steps[-1]))
    one.set_up((CONFIG,), TRAIN, TEST)  # one is taken away: the other begins anew
    (arm,) = read_reply(one.reply)[1]
    assert arm.head["run"] not in runs
    assert arm.steps == [0]


def test_a_network_that_is_far_behind_catches_up_epoch_by_epoch():
    one = player(CONFIG, replace(CONFIG, learning_rate=0.1))
    ask(one, "step", unit="epoch")
    one.trainings[1].train(100_000)
    steps = [0]
    for _ in range(2):
        first, second = more(one, at=[steps[-1], 100_000])
        steps.append(first.steps[-1])
        assert second.steps[-1] == 100_000
    per_epoch = one.trainings[0].steps_per_epoch
    assert all(0 < gap <= 30 * per_epoch for gap in np.diff(steps))


def test_it_stops_where_the_loss_is_as_small_as_asked_and_goes_on_from_there():
    one = player(stop_loss=0.2)
    for _ in range(60):
        (arm,) = more(one)
        if arm.head["stopped"]:
            break
    assert arm.head["stopped"] == "loss"
    assert arm.moments[-1][3] <= 0.2 < arm.moments[-2][3]
    (arm,) = more(one, begins=True)
    assert arm.head["stopped"] is None
    assert len(arm.moments) == 6


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


def test_weights_that_were_brought_along_are_those_to_begin_with():
    one = player()
    more(one)
    ask(one, "lock", arm=0, index=0, on=True)
    ask(one, "off", arm=0, layer=0, neuron=1, on=False)
    weights = np.linspace(-1, 1, 25)
    one.take_weights([weights])
    (arm,) = read_reply(one.reply)[1]
    assert arm.steps == [0]
    assert (arm.head["locked"], arm.head["off"]) == ([], [])
    np.testing.assert_allclose(arm.parameters[0], weights, rtol=1e-6)
    more(one)
    (arm,) = ask(one, "restart")
    np.testing.assert_allclose(arm.parameters[0], weights, rtol=1e-6)


def test_without_points_for_a_test_there_is_no_number_for_it():
    nobody = Points(np.empty((0, 2)), np.empty(0), 2)
    (arm,) = more(player(points=(TRAIN, nobody), stop_loss=0.01, stop_still=True))
    assert arm.moments[-1][3] is None
    assert arm.moments[-1][5] is None


def test_the_page_may_run_while_an_answer_is_trained():
    one = player()
    faults = []

    def run_page() -> None:
        try:
            for number in range(40):
                hidden = (3 + number % 3, 2)
                one.set_up((replace(CONFIG, hidden=hidden),), TRAIN, TEST)
                read_reply(one.reply)
        except Exception as error:  # shown below
            faults.append(error)

    page = Thread(target=run_page)
    page.start()
    while page.is_alive():
        more(one, "full", seconds=0.05)
        ask(one, "step", unit="epoch")
    page.join()
    assert faults == []
