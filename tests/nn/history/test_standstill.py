"""Why nothing is learned, told of trainings that really don't."""

import numpy as np
import pytest

from nn.history import History
from nn.history.standstill import standstill, standstill_of
from tests.nn.history.small_trainings import make, train


@pytest.mark.parametrize(
    ("settings", "cause"),
    [
        ({"initializer": "zeros"}, "All neurons of layer 1 are alike"),
        ({"initializer": "zeros", "activation": "tanh"}, "All neurons of layer 1 are alike"),
        ({"initializer": "zeros", "hidden": (), "convolutions": (2,)}, "layer 1 are alike"),
        ({"learning_rate": 20.0}, "All 6 neurons of layer 2 are dead"),
        ({"learning_rate": 90.0, "activation": "tanh"}, "All 12 neurons of layer 1 are saturated"),
    ],
)
def test_the_cause_is_told_by_the_history_and_by_the_network_itself(tmp_path, settings, cause):
    trainer = make(**settings)
    train(tmp_path, trainer)
    images, labels = trainer.train_images, trainer.train_labels
    for said in (
        standstill(History(tmp_path).health()[-1]["layers"]),
        standstill_of(trainer.network.copy(), images, labels, trainer.loss),
    ):
        assert said is not None
        assert cause in said


def test_neurons_that_are_alike_are_seen_in_the_weights():
    """Sigmoids of 0 are 1/2: their weights move, all in the same way."""
    trainer = make(initializer="zeros", activation="sigmoid")
    for _ in trainer.run():
        pass
    assert trainer.network.named_parameters()["0.weight"].any()
    images, labels = trainer.train_images, trainer.train_labels
    said = standstill_of(trainer.network, images, labels, trainer.loss)
    assert "All neurons of layer 1 are alike: they have the same weights" in said


def test_sums_rounded_in_another_order_make_no_neuron_another():
    trainer = make(initializer="zeros", activation="sigmoid")
    weight = trainer.network.named_parameters()["0.weight"]
    weight[:] = np.linspace(-1, 1, weight.shape[1], dtype=np.float32)
    weight[3] *= np.float32(1 + 1e-6)
    images, labels = trainer.train_images, trainer.train_labels
    said = standstill_of(trainer.network, images, labels, trainer.loss)
    assert said is not None
    assert "All neurons of layer 1 are alike" in said


@pytest.mark.filterwarnings("ignore:invalid value")
def test_one_infinite_weight_makes_no_neurons_alike():
    trainer = make()
    trainer.network.named_parameters()["0.weight"][0, 0] = np.inf
    images, labels = trainer.train_images, trainer.train_labels
    assert "alike" not in (standstill_of(trainer.network, images, labels, trainer.loss) or "")


@pytest.mark.parametrize("settings", [{}, {"hidden": ()}, {"hidden": (), "initializer": "zeros"}])
def test_of_one_that_learns_there_is_no_cause(tmp_path, settings):
    trainer = make(**settings)
    train(tmp_path, trainer)
    assert standstill(History(tmp_path).health()[-1]["layers"]) is None
    images, labels = trainer.train_images, trainer.train_labels
    assert standstill_of(trainer.network, images, labels, trainer.loss) is None
