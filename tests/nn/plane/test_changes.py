"""Changes by hand: weights, locks, switches, settings; and trainings that run away."""

import dataclasses

import numpy as np
import pytest

import nn
from nn.plane import PlaneConfig


@pytest.mark.parametrize("optimizer", nn.OPTIMIZERS)
def test_locked_parameters_stay_bit_for_bit(optimizer, training):
    trained = training(optimizer=optimizer, momentum=0.9, l1=0.01, l2=0.1, learning_rate=0.1)
    trained.train(10)
    for index in (1, 8, 12, 24):
        trained.lock(index, True)
    trained.edit(8, 0.1)
    before = trained.network.parameters.copy()
    trained.train(100)
    trained.train_point()
    after = trained.network.parameters
    changed = np.flatnonzero(after != before)
    np.testing.assert_array_equal(changed, np.delete(np.arange(25), [1, 8, 12, 24]))
    assert not trained.changes()[[1, 8, 12, 24]].any()
    trained.lock(8, False)
    trained.train(1)
    assert trained.network.parameters[8] != 0.1


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_with_other_points_the_same_network_goes_on(optimizer, training, points):
    trained = training(optimizer=optimizer)
    trained.train(60)
    trained.lock(3, True)
    trained.switch(0, 1, False)
    here = trained.snapshot()
    other = trained.with_points(*points(count=40))
    now = other.snapshot()
    assert now.step == other.earliest == other.furthest == 60
    assert (other.locked, other.off) == (trained.locked, trained.off)
    np.testing.assert_array_equal(now.parameters, here.parameters)
    assert now.train_loss != here.train_loss
    other.train(200)
    middle = other.network.parameters.copy()
    other.train(55)
    other.go_to(260)
    np.testing.assert_array_equal(other.network.parameters, middle)
    other.restart()
    np.testing.assert_array_equal(other.network.parameters, training().network.parameters)


def test_an_off_neuron_counts_for_nothing_until_it_is_on_again(training):
    trained = training()
    trained.train(50)
    on = trained.snapshot()
    trained.switch(0, 2, False)
    off = trained.snapshot()
    assert off.train_loss != on.train_loss
    trained.switch(0, 2, True)
    assert trained.snapshot().train_loss == on.train_loss
    # Its weights are those of the inputs to neuron 2, its bias and those from it.
    trained.switch(0, 2, False)
    places = [2, 6, 10, 16, 17]
    before = trained.network.parameters.copy()
    trained.train(20)
    changed = trained.network.parameters != before
    assert not changed[places].any()
    assert changed.sum() == 20


def test_settings_change_on_the_way(training):
    trained = training()
    trained.train(100)
    weights = trained.network.parameters.copy()
    assert trained.adapt(PlaneConfig(optimizer="adam", learning_rate=0.01, batch_size=5))
    assert trained.steps_per_epoch == 50
    np.testing.assert_array_equal(trained.network.parameters, weights)
    assert trained.adapt(PlaneConfig(activations=("relu", "linear"), loss="cross_entropy"))
    np.testing.assert_array_equal(trained.network.parameters, weights)
    assert not trained.adapt(PlaneConfig(hidden=(4, 3)))
    assert trained.config.loss == "cross_entropy"


def test_the_optimizer_keeps_its_memory_where_its_settings_change(training):
    """With a learning rate of almost 0 nothing but momentum moves the weights."""
    kept, fresh = training(momentum=0.9), training(momentum=0.9)
    kept.train(30)
    fresh.train(30)
    kept.adapt(dataclasses.replace(kept.config, l2=1e-9))
    kept.train(1)
    fresh.train(1)
    np.testing.assert_allclose(kept.changes(), fresh.changes(), rtol=1e-5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.edit(25, 0), "index must be a whole number from 0 to 24, got 25"),
        (lambda t: t.edit(-1, 0), "index must be a whole number from 0 to 24, got -1"),
        (lambda t: t.edit(0, float("nan")), r"value must be a number in \[-1000, 1000\], got nan"),
        (lambda t: t.edit(0, "1"), "value must be a number"),
        (lambda t: t.lock(25, True), "index must be"),
        (lambda t: t.lock(0, 1), "locked must be true or false, got 1"),
        (lambda t: t.switch(2, 0, True), "layer must be a whole number from 0 to 1, got 2"),
        (lambda t: t.switch(1, 2, True), "neuron must be a whole number from 0 to 1, got 2"),
        (lambda t: t.switch(0, 0, None), "on must be true or false, got None"),
        (lambda t: t.train(-1), "steps must be a whole number from 0 to"),
        (lambda t: t.go_to(1), "step must be a whole number from 0 to 0, got 1"),
    ],
)
def test_what_makes_no_sense_is_refused(change, message, training):
    trained = training()
    with pytest.raises(ValueError, match=message):
        change(trained)
    assert trained.furthest == 0


RUNAWAY = {"classes": 0, "activations": ("relu", "relu"), "learning_rate": 10}


def test_a_training_that_runs_away_stops_before_and_says_so(training):
    trained = training(**RUNAWAY, initializer="he_normal")
    trained.train(1000)
    assert 0 < trained.furthest == trained.step < 100
    assert trained.diverged.startswith(f"Step {trained.step + 1} made the weights NaN")
    assert trained.diverged.endswith("Try a learning rate below 10.")
    fresh = training(**RUNAWAY, initializer="he_normal")
    fresh.train(trained.step)
    np.testing.assert_array_equal(trained.network.parameters, fresh.network.parameters)
    np.testing.assert_array_equal(trained.changes(), fresh.changes())
    np.testing.assert_array_equal(trained.gradients(), fresh.gradients())
    told = trained.snapshot()
    assert np.isfinite(told.parameters).all()
    # It goes no further until something is changed.
    trained.train(10)
    trained.train_point()
    assert trained.step == told.step


def test_back_to_the_last_sane_moment(training):
    trained = training(**RUNAWAY, initializer="he_normal")
    trained.adapt(dataclasses.replace(trained.config, learning_rate=0.001))
    trained.train(250)
    first = trained.snapshot().train_loss
    trained.adapt(dataclasses.replace(trained.config, learning_rate=10))
    trained.train(1000)
    assert trained.diverged
    assert trained.back_to == 200
    trained.go_to(trained.back_to)
    assert trained.diverged is None
    assert trained.snapshot().train_loss < 2 * first
    trained.adapt(dataclasses.replace(trained.config, learning_rate=0.001))
    trained.train(100)
    assert (trained.step, trained.diverged) == (300, None)


def test_where_it_runs_away_does_not_depend_on_the_pieces(training):
    steps = []
    for size in (1, 7, 1000):
        trained = training(**RUNAWAY, initializer="he_normal")
        while not trained.diverged:
            trained.train(size)
        steps.append((trained.step, trained.network.parameters.tobytes()))
    assert len(set(steps)) == 1


def test_one_point_alone_may_make_it_run_away_too(training):
    trained = training(**RUNAWAY, initializer="he_normal")
    while not trained.diverged:
        trained.train_point()
    step = trained.step
    trained.go_to(0)
    trained.go_to(step)
    assert trained.diverged is None
    trained.train_point()
    assert trained.diverged


def test_what_was_set_before_a_first_update_that_runs_away_stays(training):
    trained = training(**RUNAWAY)
    for index in range(trained.network.num_parameters):
        trained.edit(index, 1000)
    trained.lock(3, True)
    trained.switch(0, 2, False)
    trained.train(10)
    assert trained.diverged
    assert trained.step == trained.back_to == 0
    assert (trained.network.parameters == 1000).all()
    assert (trained.locked, trained.off) == ({3}, {(0, 2)})
