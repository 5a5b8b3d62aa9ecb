"""A training on the plane against computations of its own, in NumPy and in PyTorch."""

from itertools import pairwise

import numpy as np
import pytest

from nn.plane import PlaneConfig, PlaneTraining
from nn.plane.features import inputs_of


def layers_of(training):
    """The weights (in, out) and biases of each layer, as copies."""
    layers, at, widths = [], 0, training.config.widths
    for fan_in, fan_out in pairwise(widths):
        weight = training.network.parameters[at : at + fan_in * fan_out].reshape(fan_in, fan_out)
        at += fan_in * fan_out
        layers.append([weight.copy(), training.network.parameters[at : at + fan_out].copy()])
        at += fan_out
    return layers


def batches(config, count, steps):
    """The places of the points of each update."""
    epoch = 0
    while True:
        order = np.random.default_rng([config.seed, epoch]).permutation(count)
        for start in range(0, count, config.batch_size or count):
            if not steps:
                return
            yield order[start : start + (config.batch_size or count)]
            steps -= 1
        epoch += 1


def test_the_default_set_up_against_a_plain_computation(points, training):
    ours = training()
    layers = layers_of(ours)
    (x, targets), (test_x, test_targets) = points()
    for places in batches(ours.config, len(x), 1500):
        outputs = [x[places]]
        for weight, bias in layers:
            outputs.append(np.tanh(outputs[-1] @ weight + bias))
        error = (outputs[-1] - targets[places, np.newaxis]) / len(places)
        for number in (2, 1, 0):
            error = error * (1 - outputs[number + 1] ** 2)
            weight, bias = layers[number]
            layers[number] = [
                weight - 0.03 * outputs[number].T @ error,
                bias - 0.03 * error.sum(axis=0),
            ]
            error = error @ weight.T
    ours.train(1500)
    expected = np.concatenate([values.ravel() for layer in layers for values in layer])
    np.testing.assert_allclose(ours.network.parameters, expected, rtol=1e-9, atol=1e-9)

    told = ours.snapshot()
    assert (told.step, told.epoch) == (1500, 60)
    assert told.parameters.dtype == np.float32
    np.testing.assert_array_equal(told.parameters, ours.network.parameters.astype(np.float32))
    for loss, score, at, wanted in (
        (told.train_loss, told.train_score, x, targets),
        (told.test_loss, told.test_score, test_x, test_targets),
    ):
        for weight, bias in layers:
            at = np.tanh(at @ weight + bias)
        assert loss == pytest.approx(np.mean((at[:, 0] - wanted) ** 2) / 2)
        assert score == np.mean(np.sign(at[:, 0]) == wanted)


SET_UPS = {
    "default": {},
    "momentum": {"momentum": 0.9, "l2": 0.01, "l1": 0.001},
    "logit": {"loss": "cross_entropy", "activations": ("relu", "sigmoid"), "optimizer": "adam"},
    "three": {"classes": 3, "loss": "cross_entropy", "batch_size": 7, "optimizer": "adamw"},
    "one-hot": {"classes": 4, "activations": ("gelu", "leaky_relu"), "optimizer": "adagrad"},
    "function": {"classes": 0, "inputs": ("sin_x1", "x2", "x1_x2"), "optimizer": "rmsprop"},
    "all at once": {"batch_size": 0, "optimizer": "adadelta", "activations": ("linear", "tanh")},
    "no hidden layer": {"hidden": (), "activations": ()},
}


@pytest.fixture
def torch():
    """PyTorch with one thread: products of so few numbers are not worth a second one."""
    torch = pytest.importorskip("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield torch
    torch.set_num_threads(threads)


@pytest.mark.parametrize("fields", SET_UPS.values(), ids=SET_UPS)
def test_any_set_up_against_torch(fields, points, training, torch):
    functional = torch.nn.functional
    ours = training(**fields)
    config = ours.config
    parameters = [
        torch.tensor(values, requires_grad=True) for layer in layers_of(ours) for values in layer
    ]
    kinds = {
        "linear": lambda z: z,
        "gelu": lambda z: functional.gelu(z, approximate="tanh"),
        "leaky_relu": functional.leaky_relu,
    }

    def forward(at):
        for number, name in enumerate(config.layer_activations):
            weight, bias = parameters[2 * number : 2 * number + 2]
            at = (kinds.get(name) or getattr(torch, name))(at @ weight + bias)
        return at

    def loss_of(outputs, targets):
        if config.classes > 2 and config.loss == "cross_entropy":
            return functional.cross_entropy(outputs, targets.long())
        if config.classes > 2:
            aims = functional.one_hot(targets.long(), config.classes).double()
            return (outputs - aims).square().sum(dim=1).mean() / 2
        if config.loss == "cross_entropy":
            return functional.binary_cross_entropy_with_logits(outputs[:, 0], (targets + 1) / 2)
        return (outputs[:, 0] - targets).square().mean() / 2

    kind = {
        "sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "adagrad": "Adagrad",
        "rmsprop": "RMSprop", "adadelta": "Adadelta",
    }[config.optimizer]  # fmt: skip
    own = {"momentum": config.momentum} if kind == "SGD" else {}
    optimizer = getattr(torch.optim, kind)(
        parameters, lr=config.learning_rate, weight_decay=config.l2, **own
    )
    (x, targets), _ = points(config.classes)
    inputs, aims = torch.tensor(inputs_of(x, config.inputs)), torch.tensor(targets)
    for places in batches(config, len(x), 150):
        optimizer.zero_grad()
        loss_of(forward(inputs[places]), aims[places]).backward()
        last = [parameter.grad.clone() for parameter in parameters]
        with torch.no_grad():
            for parameter in parameters:
                parameter.grad += config.l1 * parameter.sign()
        optimizer.step()

    ours.train(150)
    expected = np.concatenate([parameter.detach().ravel() for parameter in parameters])
    np.testing.assert_allclose(ours.network.parameters, expected, rtol=1e-6, atol=1e-8)
    gradient = np.concatenate([values.ravel() for values in last])
    np.testing.assert_allclose(ours.gradients(), gradient, rtol=1e-6, atol=1e-8)
    loss = loss_of(forward(inputs), aims).item()
    assert ours.snapshot().train_loss == pytest.approx(loss, rel=1e-7)


def test_it_does_not_matter_in_how_many_pieces_it_trains(training):
    whole, pieces = training(), training()
    whole.train(300)
    for steps in (1, 99, 25, 0, 175):
        pieces.train(steps)
    np.testing.assert_array_equal(pieces.network.parameters, whole.network.parameters)


def test_each_epoch_uses_each_point_once(points):
    train, test = points(count=25)
    training = PlaneTraining(PlaneConfig(batch_size=10), train, test)
    assert training.steps_per_epoch == 3
    epochs = []
    for _ in range(6):
        training.train(1)
        epochs.append(training.epoch)
    np.testing.assert_allclose(epochs, [0.4, 0.8, 1, 1.4, 1.8, 2])


def test_one_point_is_a_batch_of_one(training):
    points, batch = training(), training(batch_size=1)
    for _ in range(30):
        points.train_point()
    batch.train(30)
    np.testing.assert_array_equal(points.network.parameters, batch.network.parameters)
    assert points.epoch == batch.epoch == pytest.approx(30 / 250)


def test_last_change_and_gradient_belong_together(training):
    trained = training(learning_rate=0.5)
    assert not trained.gradients().any()
    assert not trained.changes().any()
    trained.train(40)
    np.testing.assert_allclose(trained.changes(), -0.5 * trained.gradients(), atol=1e-15)


def test_the_score_of_a_function_is_the_share_of_variance_explained(training, points):
    trained = training(classes=0, inputs=("sin_x1", "x2"), learning_rate=0.3)
    trained.train(2000)
    told = trained.snapshot()
    (_, targets), (_, test_targets) = points(classes=0)
    assert told.train_score == pytest.approx(1 - 2 * told.train_loss / targets.var())
    assert told.test_score == pytest.approx(1 - 2 * told.test_loss / test_targets.var())
    assert told.test_score > 0.8


def test_without_test_points_there_is_no_test(points):
    train, _ = points()
    training = PlaneTraining(PlaneConfig(), train, (np.empty((0, 2)), np.empty(0)))
    training.train(10)
    told = training.snapshot()
    assert (told.test_loss, told.test_score) == (None, None)


@pytest.mark.parametrize(
    ("fields", "x", "targets", "message"),
    [
        ({}, np.empty((0, 2)), np.empty(0), "train must hold at least 1 point, got none"),
        ({}, np.zeros((3, 2)), np.zeros(2), r"train must be points \(n, 2\) and targets \(n,\)"),
        ({}, np.zeros((3, 2)), np.zeros(3), r"targets of train must be one of \[-1, 1\], got 0"),
        ({"classes": 3}, np.zeros((1, 2)), [3], r"must be one of \[0, 1, 2\], got 3"),
        ({"classes": 0}, np.zeros((1, 2)), [np.nan], "train must hold finite numbers"),
    ],
)
def test_points_that_do_not_fit_are_refused(fields, x, targets, message, points):
    with pytest.raises(ValueError, match=message):
        PlaneTraining(PlaneConfig(**fields), (x, targets), points()[1])
