"""What layers say, and the logits that the same pass gives."""

import numpy as np
import pytest

import nn
from nn.explain.neurons import layer_outputs, layer_outputs_and_logits, neuron_layers
from tests.nn.explain.small_networks import convolutional, perceptron

IMAGES = np.random.default_rng(3).random((9, 6, 6))


@pytest.mark.parametrize("make", [perceptron, convolutional])
def test_the_logits_are_those_of_the_network_whichever_layer_is_looked_at(make):
    network = make()
    network.inference_batch = 4
    for layer in neuron_layers(network):
        outputs, logits = layer_outputs_and_logits(network, IMAGES, layer.end)
        expected = network.predict_logits(IMAGES, averaging=nn.ALONE)
        np.testing.assert_allclose(logits, expected, atol=1e-12)
        np.testing.assert_array_equal(outputs, layer_outputs(network, IMAGES, layer.end))
    np.testing.assert_array_equal(outputs, logits)  # of the last one


def test_a_place_that_is_none_is_refused():
    with pytest.raises(ValueError, match="place must be a whole number from 0 to 4, got 5"):
        layer_outputs_and_logits(perceptron(), IMAGES, 5)
