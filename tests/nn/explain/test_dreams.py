"""Dreams: PyTorch's gradients, linear networks by hand, and that they get better."""

from dataclasses import replace

import numpy as np
import pytest

from nn.explain.dreams import Dreamer, DreamSettings
from tests.nn.explain.small_networks import convolutional, ensemble, linear, perceptron, torch_twin

IMAGE = np.random.default_rng(5).random((6, 6))
PLAIN = DreamSettings(l2=0, total_variation=0, blur=0, jitter=0)
ALL = DreamSettings(steps=40, l2=0.3, total_variation=0.2, blur=0.5, jitter=1)


def test_the_gradient_is_that_of_pytorch():
    torch = pytest.importorskip("torch")
    network = perceptron()
    x = torch.tensor(IMAGE.reshape(1, 36)).requires_grad_()
    square = x.reshape(6, 6)
    rough = square.diff(dim=0).square().sum() + square.diff(dim=1).square().sum()
    aim = torch_twin(torch, network)(x)[0, 2] - 0.3 * x.square().sum() - 0.2 * rough
    aim.backward()
    found = Dreamer(network, 2, settings=ALL).gradients(IMAGE.reshape(1, 36))
    np.testing.assert_allclose(found, x.grad, atol=1e-8)


@pytest.mark.parametrize(
    ("network", "layer"),
    [(perceptron(), 0), (perceptron(), 2), (convolutional(), 0), (ensemble(), None)],
)
def test_of_neurons_and_filters_it_is_that_of_central_differences(network, layer, numeric_gradient):
    dreamer, image = Dreamer(network, 1, layer, PLAIN), IMAGE.reshape(1, 36).copy()
    expected = numeric_gradient(lambda: float(dreamer.values(image)[0]), image)
    np.testing.assert_allclose(dreamer.gradients(image), expected, atol=1e-6)


def test_without_penalties_a_linear_network_dreams_of_ink_where_its_weights_are_positive():
    weights = np.array([3.0, -1, 0.5, -0.1])
    dream = Dreamer(linear(weights), 0, settings=PLAIN).dream("noise")
    np.testing.assert_allclose(dream.frames[-1], [1, 0, 1, 0], atol=1e-12)
    assert dream.values[-1] == pytest.approx(3.5)
    np.testing.assert_allclose(dream.probabilities[-1, 0], 1 / (1 + np.exp(-3.5)))


def test_the_squared_length_is_weighed_against_the_weights():
    weights = np.array([3.0, -1, 0.5, 1])
    settings = replace(PLAIN, steps=400, rate=0.1, l2=1)
    end = Dreamer(linear(weights), 0, settings=settings).dream("black").frames[-1]
    np.testing.assert_allclose(end, [1, 0, 0.25, 0.5], atol=1e-3)  # w / 2λ, between black and white


def test_the_penalties_do_not_keep_a_filter_from_ink_where_its_weights_are_positive():
    network = convolutional()
    network.named_parameters()["0.weight"][1] = 0.05  # less than each pixel's penalty would be
    dreamer = Dreamer(network, 1, 0, replace(PLAIN, l2=0.3, total_variation=0.3))
    black = np.zeros((1, 36))
    assert (dreamer.gradients(black + 0.5) > 0).mean() > 0.5
    dream = dreamer.dream("grey")
    assert dream.values[-1] > dream.values[0] > dreamer.values(black)[0]


def test_total_variation_alone_makes_an_image_even():
    settings = replace(PLAIN, total_variation=1, rate=0.2)
    frames = Dreamer(linear(np.zeros(36)), 0, settings=settings).dream(IMAGE).frames
    assert frames[-1].std() < frames[0].std() / 3
    assert frames[-1].mean() == pytest.approx(IMAGE.mean())


@pytest.mark.parametrize(
    ("settings", "start"),
    [(PLAIN, "black"), (PLAIN, "grey"), (PLAIN, "noise"), (PLAIN, IMAGE), (ALL, "black")],
)
def test_the_neuron_says_more_and_more(settings, start):
    for network, layer in ((perceptron(), None), (convolutional(), 0), (ensemble(), None)):
        dream = Dreamer(network, 1, layer, settings).dream(start)
        assert dream.frames.shape == (settings.steps + 1, 36)
        assert dream.probabilities.shape == (settings.steps + 1, 4)
        assert dream.values[-1] > dream.values[0]
        assert 0 <= dream.frames.min() <= dream.frames.max() <= 1
        np.testing.assert_allclose(dream.probabilities, network.predict_proba(dream.frames))


def test_blurring_leaves_even_images_even():
    settings = replace(PLAIN, steps=8, blur=1)
    dream = Dreamer(linear(np.zeros(36)), 0, settings=settings).dream("grey")
    np.testing.assert_allclose(dream.frames, 0.5)


def test_the_same_seed_dreams_the_same():
    settings = [DreamSettings(steps=5, jitter=2, seed=seed) for seed in (1, 1, 2)]
    first, again, other = (
        Dreamer(perceptron(), 0, settings=some).dream("noise").frames for some in settings
    )
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Dreamer(perceptron(), 4), "unit must be a whole number from 0 to 3, got 4"),
        (lambda: Dreamer(perceptron(), 12, 0), "unit must be a whole number from 0 to 11, got 12"),
        (lambda: Dreamer(perceptron(), 0, 1), "layer must be one of 0, 2, 4, got 1"),
        (lambda: Dreamer(ensemble(), 0, 0), "network must be a single one"),
        (lambda: Dreamer(linear(np.ones(5)), 0), "need square images, got images of 5 pixels"),
        (lambda: Dreamer(perceptron(), 0).dream("red"), "start must be one of black, grey, noise"),
        (lambda: Dreamer(perceptron(), 0).dream(IMAGE[0]), "images must have shape"),
        (lambda: DreamSettings(rate=0), r"rate must be a number in \(0, 100\], got 0"),
        (lambda: DreamSettings(jitter=9), "jitter must be a whole number from 0 to 8, got 9"),
    ],
)
def test_others_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
