"""Going back in a training, exactly."""

import dataclasses
import tracemalloc

import numpy as np
import pytest

import nn
from nn.plane import PlaneConfig, PlaneTraining
from nn.plane.learner import State
from nn.plane.moments import Moments


def told(training):
    """All that can be seen of where a training stands."""
    return (
        training.step,
        training.epoch,
        training.network.parameters.tobytes(),
        training.gradients().tobytes(),
        training.changes().tobytes(),
        training.locked,
        training.off,
        training.snapshot().train_loss,
    )


@pytest.mark.parametrize("optimizer", nn.OPTIMIZERS)
def test_back_to_a_step_is_where_a_fresh_training_stands(optimizer, training):
    long, short = (training(optimizer=optimizer, momentum=0.5) for _ in range(2))
    long.train(500)
    end = told(long)
    long.go_to(123)
    short.train(123)
    assert told(long) == told(short)
    long.go_to(500)
    assert told(long) == end


def much_happens(training):
    """A training with all that may happen to one; gives what was seen at each step."""
    trained = training()
    seen = {}

    def go(steps):
        for _ in range(steps):
            trained.train(1)
            seen[trained.step] = told(trained)

    go(30)
    trained.edit(3, 2.5)
    trained.lock(3, True)
    seen[trained.step] = told(trained)
    go(85)
    trained.switch(0, 1, False)
    trained.adapt(dataclasses.replace(trained.config, optimizer="adam", learning_rate=0.01))
    seen[trained.step] = told(trained)
    for _ in range(4):
        trained.train_point()
        seen[trained.step] = told(trained)
    trained.edit(0, -1)
    seen[trained.step] = told(trained)
    go(40)
    trained.adapt(dataclasses.replace(trained.config, batch_size=7, l2=0.01))
    trained.lock(3, False)
    seen[trained.step] = told(trained)
    go(60)
    trained.adapt(dataclasses.replace(trained.config, activations=("relu", "gelu")))
    seen[trained.step] = told(trained)
    go(20)
    trained.adapt(dataclasses.replace(trained.config, loss="cross_entropy", momentum=0.3))
    trained.switch(0, 1, True)
    seen[trained.step] = told(trained)
    go(130)
    return trained, seen


def test_any_step_can_be_gone_to_whatever_happened_on_the_way(training):
    trained, seen = much_happens(training)
    assert trained.furthest == max(seen) == 369
    for step in np.random.default_rng(0).permutation(list(seen))[:150]:
        trained.go_to(int(step))
        assert told(trained) == seen[step], step


def test_going_back_forgets_nothing_and_training_on_does(training):
    trained, fresh = training(), training()
    trained.train(300)
    trained.go_to(150)
    trained.snapshot()
    assert trained.furthest == 300
    trained.train(20)
    assert trained.furthest == 170
    fresh.train(170)
    assert told(trained) == told(fresh)
    with pytest.raises(ValueError, match="step must be a whole number from 0 to 170, got 171"):
        trained.go_to(171)


def test_back_at_the_start_there_is_no_gradient_yet(training):
    trained, fresh = training(), training()
    trained.train(40)
    trained.go_to(0)
    assert told(trained) == told(fresh)
    assert not trained.gradients().any()
    assert not trained.changes().any()


def test_a_change_forgets_what_came_later(training):
    for change in (
        lambda training: training.edit(0, 1),
        lambda training: training.lock(0, True),
        lambda training: training.switch(0, 0, False),
        lambda training: training.adapt(PlaneConfig(learning_rate=1)),
    ):
        trained = training()
        trained.train(100)
        trained.go_to(60)
        change(trained)
        assert trained.furthest == trained.step == 60


def test_training_on_from_before_a_change_goes_by_what_is_set_now(training):
    trained, other = training(), training()
    faster = PlaneConfig(learning_rate=0.3)
    trained.train(100)
    trained.adapt(faster)
    trained.train(100)
    trained.go_to(50)
    assert trained.config == faster
    trained.train(30)
    other.train(50)
    other.adapt(faster)
    other.train(30)
    assert told(trained) == told(other)


def test_again_from_the_same_weights(training):
    trained = training()
    trained.edit(2, 0.25)
    trained.lock(2, True)
    start = trained.network.parameters.copy()
    trained.train(200)
    trained.edit(4, 3)
    end = PlaneConfig(learning_rate=0.1)
    trained.adapt(end)
    trained.switch(1, 0, False)
    trained.train(50)
    trained.restart()
    np.testing.assert_array_equal(trained.network.parameters, start)
    assert (trained.step, trained.epoch, trained.furthest, trained.config) == (0, 0, 0, end)
    assert (trained.locked, trained.off) == (frozenset({2}), frozenset({(1, 0)}))
    trained.train(120)
    fresh = training(learning_rate=0.1)
    fresh.edit(2, 0.25)
    fresh.lock(2, True)
    fresh.switch(1, 0, False)
    fresh.train(120)
    assert told(trained) == told(fresh)


def test_memory_stays_bounded(points):
    config = PlaneConfig(hidden=(16,) * 6, activations=("tanh",) * 6, optimizer="adam")
    sets = points(count=1000)
    tracemalloc.start()
    training = PlaneTraining(config, *sets)
    training.train(8_000)
    training.adapt(dataclasses.replace(config, batch_size=0))
    training.train(5)
    training.snapshot()
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 5_000_000
    assert most < 6_000_000
    training.go_to(0)
    training.go_to(8_005)


def test_moments_are_close_at_the_end_and_rarer_before(points):
    small = PlaneTraining(PlaneConfig(), *points(count=30))
    small.train(25_000)
    assert len(small._moments) <= 200
    gaps = np.diff([state.step for state in small._moments])
    assert gaps[-3:].max() <= 200
    assert gaps.max() <= 3_000


def test_a_long_training_is_nowhere_far_from_a_kept_moment():
    vectors, moments = {"parameters": np.zeros(25)}, Moments()
    for step in range(0, 1_000_000, 100):
        moments.add(State(PlaneConfig(), step, 0, 0, vectors, 0, frozenset(), frozenset()), 0)
    gaps = np.diff([state.step for state in moments])
    assert gaps.max() <= 15_000  # of which one takes some 15 µs to train
    assert gaps[-50:].max() <= 1_000


def test_very_many_changes_by_hand_shorten_the_way_back(training, monkeypatch):
    monkeypatch.setattr("nn.plane.training.MOST_CHANGES", 10)
    trained = training()
    for _ in range(10):
        trained.train(5)
        trained.edit(0, 1)
    assert trained.earliest == 0
    trained.train(5)
    trained.edit(0, 2)
    assert trained.earliest == trained.step == 55
    trained.train(20)
    with pytest.raises(ValueError, match="step must be a whole number from 55 to 75, got 10"):
        trained.go_to(10)
    trained.go_to(55)
    assert trained.network.parameters[0] == 2
    trained.restart()
    assert trained.step == trained.earliest == 0
