"""Surgery: networks calculated by hand, and the same done to the weights."""

import numpy as np
import pytest

import nn
from nn.explain.neurons import layer_outputs, neuron_layers
from nn.explain.surgery import (
    Answers,
    Exam,
    Operation,
    changed_sides,
    operated_probabilities,
)
from nn.explain.taken_over import taken_over
from tests.nn.explain.small_networks import convolutional, ensemble, perceptron

RNG = np.random.default_rng(7)
IMAGES, LABELS = RNG.random((70, 6, 6)), RNG.integers(0, 4, 70)
MAKES = (perceptron, convolutional)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """The exam goes through several."""
    monkeypatch.setattr("nn.network.inference_batch", lambda *_: 32)


def normalised():
    """With batch normalisation behind a convolution, a value for each place."""
    layers = [nn.Conv2d(1, 2, 5, 6), nn.BatchNorm(8), nn.ReLU(), nn.Flatten(2, 2), nn.Linear(8, 4)]
    network = nn.Network(layers, seed=3, dtype="float64")
    for _ in range(3):
        network.forward(RNG.normal(size=(40, 36)), training=True)
    network.parameters += RNG.normal(0, 0.2, network.num_parameters)
    return network


def after(network, *operations):
    return Exam(network, IMAGES, LABELS).after(operations)


def answers(network):
    return network.predict_proba(IMAGES, averaging=nn.ALONE)


@pytest.mark.parametrize("make", [*MAKES, normalised])
def test_before_any_operation_it_answers_as_always(make):
    network = make()
    exam = Exam(network, IMAGES, LABELS)
    np.testing.assert_allclose(exam.before.probabilities, answers(network))
    _, accuracy = nn.loss_and_accuracy(network, nn.CrossEntropyLoss(), IMAGES, LABELS)
    assert exam.before.accuracy == pytest.approx(accuracy)


def test_a_neuron_that_is_cut_has_no_weights_to_the_next_layer():
    network, twin = perceptron(), perceptron()
    twin.named_parameters()["2.weight"][:, [1, 5]] = 0
    found = after(network, Operation("cut", 0, [5, 1]))
    np.testing.assert_allclose(found.probabilities, answers(twin))
    np.testing.assert_allclose(answers(network), answers(perceptron()))  # stays as it was


def test_a_filter_that_is_cut_is_so_at_all_places():
    twin = convolutional()
    twin.named_parameters()["4.weight"][:, 4:8] = 0  # of the second filter of 2 x 2 places
    found = after(convolutional(), Operation("cut", 0, [1]))
    np.testing.assert_allclose(found.probabilities, answers(twin))


@pytest.mark.parametrize("make", MAKES)
def test_a_layer_that_is_frozen_says_the_same_to_every_image(make):
    network = make()
    found = after(network, Operation("frozen", 0)).probabilities
    first = neuron_layers(network)[0]
    said = layer_outputs(network, IMAGES, first.end).reshape(-1, first.units).mean(axis=0)
    values = np.tile(said, layer_outputs(network, IMAGES, first.end).shape[1] // first.units)
    for layer in network.layers[first.end + 1 :]:
        values = layer.forward(values.reshape(1, -1))
    np.testing.assert_allclose(found, np.tile(network.probabilities(values), (70, 1)))


@pytest.mark.parametrize("make", MAKES)
def test_noise_is_as_large_as_it_says_and_none_does_nothing(make):
    network = make()
    none, one, again, other = (
        after(network, Operation("noise", 0, size=size, seed=seed)).probabilities
        for size, seed in ((0, 0), (1, 0), (1, 0), (1, 1))
    )
    np.testing.assert_allclose(none, answers(network))
    np.testing.assert_array_equal(one, again)
    assert not np.allclose(one, other)


def test_the_noise_has_so_many_deviations_of_what_a_neuron_says():
    network = nn.Network([nn.Linear(1, 1), nn.Linear(1, 2)], initializer="zeros", dtype="float64")
    network.named_parameters()["0.weight"][...] = 8
    network.named_parameters()["1.weight"][0] = 1
    images, labels = RNG.random((4000, 1)), np.zeros(4000, int)
    found = Exam(network, images, labels).after([Operation("noise", 0, size=0.5)]).probabilities
    noise = np.log(found[:, 0] / found[:, 1]) - 8 * images[:, 0]
    assert noise.std() == pytest.approx(0.5 * 8 * images.std(), rel=0.05)
    assert noise.mean() == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("make", [*MAKES, normalised])
def test_all_layers_swapped_make_the_other_network(make):
    network, other = make(), make()
    other.parameters += RNG.normal(0, 0.3, other.num_parameters)
    for buffer in other.named_buffers().values():
        buffer += RNG.random(buffer.shape)
    swaps = [Operation("swapped", k.index, other=other) for k in neuron_layers(network)]
    np.testing.assert_allclose(after(network, *swaps).probabilities, answers(other))
    singles = [
        Operation("swapped", layer.index, [unit], other=other)
        for layer in neuron_layers(network)
        for unit in range(layer.units)
    ]
    np.testing.assert_allclose(after(network, *singles).probabilities, answers(other))
    half = after(network, *singles[::2]).probabilities
    assert not np.allclose(half, answers(other))


@pytest.mark.parametrize("make", MAKES)
def test_another_scaling_of_the_inputs_goes_into_the_first_layer(make):
    network, other = make(), make(seed=5)
    other.input_mean, other.input_std = 0.3, 0.7
    expected = answers(other)
    network.load_state_dict(taken_over(network, other))
    np.testing.assert_allclose(answers(network), expected)


def test_biases_are_cut_disturbed_and_swapped_alone():
    network, other = perceptron(), perceptron(seed=5)
    for one in (network, other):
        for name, values in one.named_parameters().items():
            if name.endswith("bias"):
                values[...] = RNG.normal(size=len(values))
    for how, values in (("cut", 0), ("swapped", other.named_parameters()["4.bias"][[2, 3]])):
        twin = network.copy()
        twin.named_parameters()["4.bias"][[2, 3]] = values
        found = after(network, Operation(how, 4, [2, 3], biases=True, other=other))
        np.testing.assert_allclose(found.probabilities, answers(twin))
    disturbed = after(network, Operation("noise", 2, biases=True)).probabilities
    assert not np.allclose(disturbed, answers(network))


def test_operations_follow_one_another():
    network = perceptron()
    found = after(network, Operation("noise", 0), Operation("cut", 0))
    np.testing.assert_allclose(
        found.probabilities, after(network, Operation("cut", 0)).probabilities
    )


def test_accuracies_and_who_changed_sides_by_hand():
    labels = np.array([0, 0, 1, 1, 1])
    before = Answers(labels, np.eye(3)[[0, 0, 1, 0, 2]])
    later = Answers(labels, np.eye(3)[[0, 1, 1, 1, 0]])
    assert before.accuracy == 0.6
    np.testing.assert_allclose(before.class_accuracies, [1, 1 / 3, 0])
    np.testing.assert_allclose(later.class_accuracies, [0.5, 2 / 3, 0])
    sides = changed_sides(before, later)
    assert (sides.lost.tolist(), sides.won.tolist(), sides.wrong.tolist()) == ([1], [3], [4])


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (Operation("removed", 0), "how must be one of cut, frozen, noise, swapped, got 'removed'"),
        (Operation("cut", 4), "layer must be one of 0, 2, got 4"),
        (Operation("cut", 1, biases=True), "layer must be one of 0, 2, 4, got 1"),
        (Operation("cut", 0, [12]), "units must be a whole number from 0 to 11, got 12"),
        (Operation("frozen", 0, biases=True), "biases must be cut, noise or swapped, got frozen"),
        (Operation("noise", 0, size=-1), r"size must be a number in \[0, 100\], got -1"),
        (Operation("noise", 0, seed=-1), "seed must be a whole number from 0 to"),
        (Operation("swapped", 0), "other must be a network to swap with, got None"),
        (Operation("swapped", 0, other=convolutional()), "other must have the layers"),
    ],
)
def test_other_operations_are_refused(operation, message):
    with pytest.raises(ValueError, match=message):
        after(perceptron(), operation)


def test_several_networks_and_other_images_are_refused():
    with pytest.raises(ValueError, match="network must be a single one"):
        Exam(ensemble(), IMAGES, LABELS)
    with pytest.raises(ValueError, match="exam_images must have shape"):
        Exam(perceptron(), IMAGES[:, :5], LABELS)


@pytest.mark.parametrize("make", MAKES)
def test_other_images_are_read_with_the_means_of_the_exam(make):
    network = make()
    exam = Exam(network, IMAGES, LABELS)
    operations = [Operation("frozen", 0, [1]), Operation("cut", 0, [0])]
    expected = exam.after(operations).probabilities[5:7]
    said = exam.statistics(operations)
    found = operated_probabilities(network, IMAGES[5:7], operations, said)
    np.testing.assert_allclose(found, expected)
