"""The set-ups that a page offers for its sets of points do learn them."""

import pytest

from data.plane import SETS, make_points, split
from nn.plane import PlaneTraining
from nn.plane.good_setups import GOOD_SETUPS

PLAYGROUND = {
    "circle": 0.05,
    "xor": 0.05,
    "gauss": 0.05,
    "spiral": 0.1,
    "plane": 0.05,
    "multi_gauss": 0.05,
}
"""Test loss that each set of TensorFlow Playground must get below."""


def test_there_is_one_for_each_set_that_fits_it():
    assert GOOD_SETUPS.keys() == SETS.keys()
    for name, config in GOOD_SETUPS.items():
        assert config.classes == SETS[name].classes


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", GOOD_SETUPS)
def test_it_learns(name, seed):
    points = make_points(name, 500, 0, seed, SETS[name].formula)
    train, test = split(points, 0.5, seed)
    training = PlaneTraining(GOOD_SETUPS[name], (train.x, train.targets), (test.x, test.targets))

    def has_learned() -> bool:
        told = training.snapshot()
        enough = 0.92 if SETS[name].classes else 0.8
        return told.test_loss < PLAYGROUND.get(name, 1) and told.test_score > enough

    while training.epoch < 200 and not has_learned():
        training.train(training.steps_per_epoch)
    assert has_learned()
