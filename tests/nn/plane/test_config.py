"""The set-up of a training on the plane, and what it refuses."""

import re

import pytest

from nn.plane import PlaneConfig


def test_the_default_is_that_of_tensorflow_playground():
    config = PlaneConfig()
    assert config.inputs == ("x1", "x2")
    assert config.widths == [2, 4, 2, 1]
    assert config.layer_activations == ("tanh", "tanh", "tanh")
    assert (config.loss, config.optimizer) == ("squared", "sgd")
    assert (config.learning_rate, config.batch_size, config.l1, config.l2) == (0.03, 10, 0, 0)


@pytest.mark.parametrize(
    ("classes", "loss", "outputs", "activation"),
    [
        (0, "squared", 1, "linear"),
        (2, "squared", 1, "tanh"),
        (2, "cross_entropy", 1, "linear"),
        (3, "squared", 3, "linear"),
        (6, "cross_entropy", 6, "linear"),
    ],
)
def test_the_output_suits_classes_and_loss(classes, loss, outputs, activation):
    config = PlaneConfig(classes=classes, loss=loss)
    assert (config.outputs, config.output_activation) == (outputs, activation)


def test_lists_may_be_given_and_whole_numbers_too():
    config = PlaneConfig(hidden=[3], activations=["relu"], learning_rate=1)
    assert config == PlaneConfig(hidden=(3,), activations=("relu",), learning_rate=1.0)
    assert hash(config)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"inputs": ()}, "inputs must be a list of 1 to 9, got ()"),
        ({"inputs": "x1"}, "inputs must be a list of 1 to 9, got 'x1'"),
        ({"inputs": ("x1", "x3")}, "inputs[1] must be one of x1, x2, x1_squared, "),
        ({"inputs": ("x1", "x1")}, "inputs must be all different, got x1, x1"),
        ({"hidden": (1,) * 7}, "hidden must be a list of 0 to 6, got (1, 1"),
        ({"hidden": (4, 0)}, "hidden[1] must be a whole number from 1 to 16, got 0"),
        ({"hidden": (17, 2)}, "hidden[0] must be a whole number from 1 to 16, got 17"),
        ({"activations": ("tanh",)}, "activations must be a list of 2, got ('tanh',)"),
        ({"activations": ("tanh", "sin")}, "activations[1] must be one of relu, "),
        ({"initializer": "ones"}, "initializer must be one of playground, he_normal, "),
        ({"init_scale": -1}, "init_scale must be a number in [0, 100], got -1"),
        ({"classes": 1}, "classes must be 0 (a function) or from 2 to 6, got 1"),
        ({"classes": 7}, "classes must be a whole number from 0 to 6, got 7"),
        ({"loss": "mse"}, "loss must be one of squared, cross_entropy, got 'mse'"),
        ({"loss": "cross_entropy", "classes": 0}, "loss must be one of squared, got"),
        ({"optimizer": "lbfgs"}, "optimizer must be one of sgd, rmsprop, "),
        ({"momentum": 1}, "momentum must be a number in [0, 1), got 1"),
        ({"learning_rate": 0}, "learning_rate must be a number in [1e-05, 10], got 0"),
        ({"learning_rate": float("nan")}, "learning_rate must be a number in"),
        ({"l1": -0.1}, "l1 must be a number in [0, 10], got -0.1"),
        ({"l2": "0"}, "l2 must be a number in [0, 10], got '0'"),
        ({"batch_size": 2001}, "batch_size must be a whole number from 0 to 2000, got 2001"),
        ({"seed": True}, "seed must be a whole number from 0 to 2147483647, got True"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(fields, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        PlaneConfig(**fields)


def test_what_has_the_same_weights():
    config = PlaneConfig()
    same = {"learning_rate": 1, "optimizer": "adam", "l2": 0.1, "batch_size": 0, "momentum": 0.5}
    assert config.same_weights(PlaneConfig(**same, activations=("relu", "linear")))
    assert config.same_weights(PlaneConfig(loss="cross_entropy"))
    for other in ({"seed": 1}, {"hidden": (4, 3)}, {"inputs": ("x1",)}, {"classes": 3}):
        assert not config.same_weights(PlaneConfig(**other))
