"""The answers of the exercises: their numbers, computed anew."""

import math

import numpy as np
import pytest

import data
import nn
from examples.plain_training import train
from nn.explain.trace import trace
from nn.images import pixel_statistics
from ui.how.exercises import EXERCISES
from ui.models.list import SHIPPED_FOLDER


def answer(part: str) -> str:
    """The answer to the exercise whose question holds this, without what makes it bold."""
    (found,) = [exercise for exercise in EXERCISES if part in exercise.question]
    return found.answer.replace("**", "")


def test_the_line_of_a_relu_neuron():
    neuron = nn.Network([nn.Linear(2, 1), nn.ReLU()], dtype=np.float64)
    neuron.parameters[:] = 2, -1, -4
    said = neuron.forward(np.array([[3.0, 1.0], [1.0, 3.0], [2.0, 0.0], [0.0, -4.0]]))
    assert said.ravel().tolist() == [1, 0, 0, 0]
    distance = 4 / math.hypot(2, -1)
    assert f"{distance:.3f}" in answer("weights 2 and −1")


def test_four_relu_neurons_tell_the_corners_of_xor_apart():
    network = nn.Network([nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1)], dtype=np.float64)
    weights = network.named_parameters()
    weights["0.weight"][:] = [[1, 1], [-1, -1], [1, -1], [-1, 1]]
    weights["2.weight"][:] = [[1, 1, -1, -1]]
    weights["0.bias"][:] = weights["2.bias"][:] = 0
    corners = np.array([[1.0, 1], [-1, -1], [1, -1], [-1, 1]])
    np.testing.assert_array_equal(np.sign(network.forward(corners)).ravel(), [1, 1, -1, -1])


def test_parameters_are_counted_right():
    classic = nn.Network.mlp([784, 128, 64, 10])
    counts = [
        sum(values.size for name, values in classic.named_parameters().items() if name[0] == layer)
        for layer in "024"
    ]
    for count in (*counts, classic.num_parameters):
        assert f"{count:,}" in answer("784-128-64-10?")
    convolution = nn.Network([nn.Conv2d(1, 8, 5, 28)])
    outputs = convolution.forward(np.zeros((1, 784), np.float32)).size
    whole = 784 * outputs + outputs
    for count in (convolution.num_parameters, outputs, whole):
        assert f"{count:,}" in answer("A convolution")


def test_a_batch_is_one_product():
    layer = nn.Linear(784, 128)
    product = np.zeros((64, 784)) @ np.zeros((128, 784)).T
    assert product.shape == (64, 128)
    words = answer("64 images")
    assert f"{product.size:,}" in words
    assert f"{64 * layer.multiplications():,}" in words


def test_equal_logits_have_a_loss_of_ln_10():
    loss, gradient = nn.CrossEntropyLoss()(np.full((1, 10), 7.0), np.array([3]))
    assert f"{loss:.3f}" in answer("All ten logits")
    np.testing.assert_allclose(gradient[0], [-0.9 if k == 3 else 0.1 for k in range(10)])


@pytest.mark.parametrize(("momentum", "limit"), [(0.0, 0.2), (0.9, 0.38)])
def test_the_limit_of_a_parabola(momentum, limit):
    def end(rate: float) -> float:
        weight, gradient = np.ones(1), np.empty(1)
        optimizer = nn.SGD(weight, gradient, rate, momentum)
        for _ in range(2000):
            gradient[:] = 10 * weight
            optimizer.step()
        return float(abs(weight[0]))

    assert end(0.99 * limit) < 0.01
    assert end(1.01 * limit) > 100
    assert f"{limit:g}" in answer("5w²")


def test_the_classic_network_dies_at_the_learning_rate_that_is_named():
    digits = data.load("digits")
    mean, std = pixel_statistics(digits.train_images)
    ends = {}
    for rate in (0.1, 0.3):
        network = nn.Network.mlp([784, 128, 64, 10], input_mean=mean, input_std=std, seed=0)
        losses = list(train(network, digits.train_images, digits.train_labels, rate, epochs=3))
        outputs = trace(network, digits.test_images).outputs
        alive = sum(int((outputs[k] > 0).any(axis=0).sum()) for k in (1, 3))
        ends[rate] = losses, alive
    assert ends[0.1][0][-1] < 0.3
    assert ends[0.3][0][0] > 4
    assert ends[0.3][0][-1] == pytest.approx(math.log(10), abs=0.02)
    assert ends[0.3][1] < 20 < 150 < ends[0.1][1]


def test_of_all_zero_weights_only_the_last_biases_move():
    network = nn.Network.mlp([784, 16, 10], initializer="zeros")
    images, labels = np.full((4, 28, 28), 99, np.uint8), np.array([3, 1, 4, 1])
    list(train(network, images, labels, epochs=2))
    moved = [name for name, values in network.named_parameters().items() if values.any()]
    assert moved == ["2.bias"]


def test_one_step_of_a_sigmoid_neuron():
    neuron = nn.Network([nn.Linear(1, 1), nn.Sigmoid()], dtype=np.float64)
    neuron.parameters[:] = 0.5, -1
    said = neuron.forward(np.array([[2.0]]), training=True)
    neuron.backward(said - 1)
    derivative = float(neuron.layers[0].grad_weight[0, 0])
    words = answer("A sigmoid neuron").replace("−", "-")
    assert f"{derivative:g}" in words
    assert f"{0.5 - 0.4 * derivative:g}" in words


def test_the_named_neurons_of_the_shipped_network_are_dead():
    network = nn.load(SHIPPED_FOLDER / "small.safetensors")
    name = "mnist" if data.is_available("mnist") else "digits"
    outputs = trace(network, data.load(name).test_images).outputs
    assert not outputs[1][:, 39].any()
    assert not outputs[3][:, 54].any()
    assert "39 of the first" in answer("is dead")
    assert "54 of the second" in answer("is dead")
