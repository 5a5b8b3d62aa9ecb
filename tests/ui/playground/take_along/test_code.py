"""The code that is taken along gives the same numbers as the training here."""

import numpy as np
import pytest

from data.plane.catalog import SETS, make_points
from data.plane.points import split
from nn.plane.config import PLANE_ACTIVATIONS, PlaneConfig
from nn.plane.features import FEATURES
from nn.plane.training import PlaneTraining
from ui.playground.take_along.numpy_code import numpy_code
from ui.playground.take_along.torch_code import torch_code

EPOCHS = 12
CASES = {
    "default": ("circle", PlaneConfig()),
    "momentum, all points at once": ("xor", PlaneConfig(momentum=0.9, batch_size=0)),
    "adam with penalties, one logit": (
        "circle",
        PlaneConfig(optimizer="adam", loss="cross_entropy", l1=0.001, l2=0.01),
    ),
    "adamw, three classes": (
        "three_blobs",
        PlaneConfig(classes=3, loss="cross_entropy", optimizer="adamw", l2=0.01),
    ),
    "rmsprop, squared error of three classes": (
        "three_arms",
        PlaneConfig(classes=3, optimizer="rmsprop", learning_rate=0.003, inputs=("x1", "sin_x2")),
    ),
    "adagrad, a function without hidden layers": (
        "plane",
        PlaneConfig(classes=0, hidden=(), activations=(), optimizer="adagrad"),
    ),
    "adadelta, started by he": (
        "spiral",
        PlaneConfig(optimizer="adadelta", learning_rate=1.0, initializer="he_normal", seed=5),
    ),
    "all inputs": (
        "moons",
        PlaneConfig(inputs=tuple(FEATURES), learning_rate=0.003),
    ),
} | {
    f"activation {name}": ("circle", PlaneConfig(activations=(name, "tanh"), batch_size=7))
    for name in PLANE_ACTIVATIONS
}


@pytest.fixture(params=CASES)
def trained(request):
    """A training, its points and its code's arguments."""
    name, config = CASES[request.param]
    points = make_points(name, 100, 0.1, 3, SETS[name].formula)
    train, test = split(points, 0.6, 3)
    training = PlaneTraining(config, (train.x, train.targets), (test.x, test.targets))
    training.edit(0, 0.75)
    training.train(EPOCHS * training.steps_per_epoch)
    return training, (config, train, test, training.start)


def run(code):
    names = {"__name__": "taken_along"}
    exec(compile(code, "taken_along.py", "exec"), names)
    assert max(map(len, code.splitlines())) <= 100
    return names["train"]()


def test_numpy(trained):
    training, arguments = trained
    theta, train_loss, test_loss = run(numpy_code(*arguments, epochs=EPOCHS, title="a test"))
    moment = training.snapshot()
    assert train_loss == pytest.approx(moment.train_loss, abs=1e-9)
    assert test_loss == pytest.approx(moment.test_loss, abs=1e-9)
    np.testing.assert_allclose(theta, training.network.parameters, atol=1e-8)


def test_torch(trained):
    torch = pytest.importorskip("torch")
    training, arguments = trained
    default = torch.get_default_dtype()
    try:
        _, train_loss, test_loss = run(torch_code(*arguments, epochs=EPOCHS, title="a test"))
    finally:
        torch.set_default_dtype(default)
    moment = training.snapshot()
    assert train_loss == pytest.approx(moment.train_loss, abs=1e-6)
    assert test_loss == pytest.approx(moment.test_loss, abs=1e-6)
