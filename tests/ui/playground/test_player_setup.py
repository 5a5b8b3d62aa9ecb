"""What a player does when the page is set to something else, and of two networks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from threading import Event

import numpy as np
import pytest

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from nn.plane.training import PlaneTraining
from tests.ui.playground.asked_player import (
    CONFIG,
    TEST,
    TRAIN,
    ask,
    assert_is,
    more,
    player,
    trained,
)
from tests.ui.playground.replies import read_reply
from ui.playground.acts import ask_of
from ui.playground.moments import shape_key


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
    one.trainings[1].train(20_000)
    steps = [0]
    for _ in range(2):
        first, second = more(one, at=[steps[-1], 20_000])
        steps.append(first.steps[-1])
        assert second.steps[-1] == 20_000
    per_epoch = one.trainings[0].steps_per_epoch
    assert all(0 < gap <= 30 * per_epoch for gap in np.diff(steps))


def test_weights_that_were_brought_along_are_those_to_begin_with():
    one = player()
    more(one)
    ask(one, "lock", arm=0, index=0, on=True)
    ask(one, "off", arm=0, layer=0, neuron=1, on=False)
    weights = np.linspace(-1, 1, 25)
    one.take_weights([weights], [frozenset({3})], [frozenset({(1, 0)})])
    (arm,) = read_reply(one.reply)[1]
    assert arm.steps == [0]
    assert (arm.head["locked"], arm.head["off"]) == ([3], [[1, 0]])
    np.testing.assert_allclose(arm.parameters[0], weights, rtol=1e-6)
    more(one)
    (arm,) = ask(one, "restart")
    np.testing.assert_allclose(arm.parameters[0], weights, rtol=1e-6)


def test_without_points_for_a_test_there_is_no_number_for_it():
    nobody = Points(np.empty((0, 2)), np.empty(0), 2)
    (arm,) = more(player(points=(TRAIN, nobody), stop_loss=0.01, stop_still=True))
    assert arm.moments[-1][3] is None
    assert arm.moments[-1][5] is None


def test_the_page_may_run_while_an_answer_is_trained(monkeypatch):
    one, trains, ended = player(), Event(), Event()
    seen = set[int]()
    """How many parameters the networks have that the page sets."""
    configs = {width: replace(CONFIG, hidden=(width, 2)) for width in (3, 4, 5)}
    # 2 inputs, `width`, 2 and 1 neurons, with their biases.
    counts = {shape_key(config): 5 * width + 5 for width, config in configs.items()}
    one.set_up((configs[3],), TRAIN, TEST)
    train = PlaneTraining.train

    def train_and_tell(training: PlaneTraining, steps: int) -> None:
        trains.set()
        train(training, steps)

    def run_page() -> None:
        for width in cycle((4, 5, 3)):
            trains.wait()  # in the middle of an answer
            trains.clear()
            if ended.is_set():
                return
            one.set_up((configs[width],), TRAIN, TEST)
            (arm,) = read_reply(one.reply)[1]
            seen.add(arm.parameters.shape[1])

    monkeypatch.setattr(PlaneTraining, "train", train_and_tell)
    with ThreadPoolExecutor() as pages:
        page = pages.submit(run_page)
        try:
            for answers in range(400):
                if answers >= 20 and len(seen) == len(counts):  # on a busy computer later
                    break
                (arm,) = more(one, "full", seconds=0.05)
                assert arm.parameters.shape[1] == counts[arm.head["key"]]
        finally:
            ended.set()
            trains.set()
        page.result()
        assert seen == set(counts.values())


def test_what_was_asked_of_the_training_before_does_not_train_the_one_that_took_its_place():
    one = player()
    (old,) = more(one)
    one.set_up((CONFIG,), TEST, TRAIN)
    places = [[old.head["run"], old.steps[-1]]]
    details = {"speed": "normal", "seconds": 0.4, "begins": False}
    one.answer(ask_of({"id": 10**6, "kind": "more", "at": places, **details}))
    (new,) = read_reply(one.reply)[1]
    assert new.head["run"] != old.head["run"]
    assert new.steps == [0]
