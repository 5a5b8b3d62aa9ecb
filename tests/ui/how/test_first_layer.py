"""What the browser gets of the shipped network's first layer."""

import base64
from dataclasses import replace

import numpy as np

import nn
from ui.how.first_layer import first_layer
from ui.how.image import CarriedImage

BATCH = np.random.default_rng(0).integers(0, 256, (3, 28, 28), dtype=np.uint8)
NETWORK = nn.Network([nn.Linear(784, 4)], input_mean=0.25, input_std=0.5)
IMAGE = CarriedImage(BATCH[0], BATCH, 7, 0, 10, "MNIST", NETWORK)


def test_images_lie_one_after_the_other_and_the_scaling_is_the_networks():
    sent = first_layer(IMAGE, IMAGE.batch)
    assert sent is not None
    assert base64.b64decode(sent["pixels"]) == BATCH.tobytes()
    assert (sent["mean"], sent["std"]) == (0.25, 0.5)


def test_without_the_network_there_is_nothing_to_show():
    assert first_layer(replace(IMAGE, network=None), IMAGE.batch) is None
