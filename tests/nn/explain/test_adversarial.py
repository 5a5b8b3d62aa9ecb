"""Tricks: linear networks by hand, PyTorch, and what the strengths promise."""

import numpy as np
import pytest

import nn
from nn.explain.adversarial import (
    STRENGTHS,
    Goal,
    fast_gradient_sign,
    iterated_gradient_sign,
    log_odds_slopes,
    random_noise,
    smallest_strength,
    transfer,
)
from nn.explain.image_gradients import image_gradients
from tests.nn.explain.small_networks import convolutional, ensemble, linear, perceptron, torch_twin

IMAGE = np.random.default_rng(5).random((6, 6))
METHODS = (fast_gradient_sign, iterated_gradient_sign, random_noise)


def answer(network, image=IMAGE):
    return int(network.predict_proba(image[np.newaxis], averaging=nn.ALONE).argmax())


def test_the_gradient_is_that_of_pytorch_and_its_sign_that_of_the_cross_entropy():
    torch = pytest.importorskip("torch")
    network = perceptron(temperature=1.7)
    x = torch.tensor(IMAGE.reshape(1, 36)).requires_grad_()
    for label in range(4):
        p = torch.softmax(torch_twin(torch, network)(x) / 1.7, dim=1)[0, label]
        [odds] = torch.autograd.grad(torch.log((1 - p) / p), x, retain_graph=True)
        [entropy] = torch.autograd.grad(-torch.log(p), x)
        found = image_gradients(
            network, IMAGE[np.newaxis], lambda z, k=label: log_odds_slopes(network, z, k)
        )
        np.testing.assert_allclose(found, odds, atol=1e-8)
        step = fast_gradient_sign(network, IMAGE, Goal(label), np.array([0.01])).images
        expected = (x + 0.01 * torch.sign(entropy)).clamp(0, 1).detach()
        np.testing.assert_allclose(step, expected, atol=1e-12)


def test_a_linear_network_is_tricked_as_soon_as_arithmetic_says():
    weights = np.array([2.0, -1, 1, 0])
    image = np.full(4, 0.5)
    # z0 - z1 = 0.5 (2 - 1 + 1) - 0.41 = 0.59, and ε takes ε (2 + 1 + 1) of it: 0 at ε = 0.1475.
    network = linear(weights, bias=-0.41)
    for method in (fast_gradient_sign, iterated_gradient_sign):
        attack = method(network, image, Goal(0))
        assert attack.smallest == pytest.approx(0.15)
        np.testing.assert_allclose(attack.images[10], [0.4, 0.6, 0.4, 0.5], atol=1e-12)
        found = smallest_strength(
            attack, lambda some, method=method: method(network, image, Goal(0), some)
        )
        assert found == pytest.approx(0.1475, abs=0.0004)
        np.testing.assert_array_equal(
            attack.probabilities, method(network, image, Goal(0, target=1)).probabilities
        )
    assert random_noise(network, image, Goal(0), np.array([0.1])).smallest is None


@pytest.mark.parametrize("make", [perceptron, convolutional, ensemble])
@pytest.mark.parametrize("method", METHODS)
def test_no_pixel_changes_by_more_than_the_strength_and_none_leaves_black_and_white(make, method):
    network = make()
    attack = method(network, IMAGE, Goal(answer(network)))
    apart = np.abs(attack.images - IMAGE.ravel())
    assert (apart <= STRENGTHS[:, np.newaxis] + 1e-12).all()
    assert (apart[1:].max(axis=1) > STRENGTHS[1:] * 0.99).all()
    assert attack.images.min() >= 0
    assert attack.images.max() <= 1
    assert not attack.reached[0]
    np.testing.assert_allclose(attack.probabilities, network.predict_proba(attack.images))


@pytest.mark.parametrize("make", [perceptron, convolutional, ensemble])
def test_many_steps_reach_more_than_one_and_one_more_than_noise(make):
    network = make()
    label = answer(network)
    for target in {0, 1, 2, 3} - {label}:
        one, many, noise = (
            method(network, IMAGE, Goal(label, target)).probabilities[:, target]
            for method in (fast_gradient_sign, iterated_gradient_sign, random_noise)
        )
        assert many[-1] >= one[-1] > noise[-1]
        assert (one[1:4] > one[0]).all()


def test_a_network_that_is_too_sure_for_its_gradient_is_tricked_too():
    network = linear(np.array([400.0, -300, 200, 100])).copy(np.float32)
    image = np.array([1, 0, 0.5, 1], np.float32)  # p = 1 in float32: its cross-entropy is flat
    attack = fast_gradient_sign(network, image, Goal(0), np.array([0.25]))
    np.testing.assert_allclose(attack.images, [[0.75, 0.25, 0.25, 0.75]])


def test_an_image_that_is_read_otherwise_needs_no_strength():
    network = perceptron()
    wrong = (answer(network) + 1) % 4
    attack = fast_gradient_sign(network, IMAGE, Goal(wrong))
    assert attack.smallest == 0
    assert smallest_strength(attack, lambda some: attack) == 0


def test_what_cannot_be_reached_has_no_smallest_strength():
    attack = fast_gradient_sign(perceptron(), IMAGE, Goal(answer(perceptron())), np.zeros(1))
    assert attack.smallest is None
    assert smallest_strength(attack, lambda some: attack) is None


def test_other_networks_are_shown_the_same_images():
    network, others = perceptron(), {"a": perceptron(3), "b": ensemble()}
    attack = fast_gradient_sign(network, IMAGE, Goal(answer(network)))
    found = transfer(network, attack, others)
    assert list(found) == ["a", "b"]
    for name, probabilities in found.items():
        np.testing.assert_array_equal(probabilities, others[name].predict_proba(attack.images))
    with pytest.raises(ValueError, match=r"c must read .* 36 pixels as .*, got one of 4 p"):
        transfer(network, attack, {"c": linear(np.ones(4))})


def test_bytes_are_the_same_image():
    pixels = np.round(IMAGE * 255).astype(np.uint8)
    first, second = (
        iterated_gradient_sign(perceptron(), image, Goal(0)) for image in (pixels, pixels / 255)
    )
    np.testing.assert_allclose(first.images, second.images, atol=1e-12)


@pytest.mark.parametrize(
    ("goal", "strengths", "message"),
    [
        (Goal(4), STRENGTHS, "label must be a whole number from 0 to 3, got 4"),
        (Goal(0, target=-1), STRENGTHS, "target must be a whole number from 0 to 3, got -1"),
        (Goal(2, target=2), STRENGTHS, "target must be another class than label, got 2"),
        (Goal(0), np.array([0.2, 0.1]), r"strengths must be 1 to 1000 numbers in \[0, 1\] that g"),
        (Goal(0), np.array([0.2, np.nan]), "strengths must be"),
        (Goal(0), np.array([1.5]), "strengths must be"),
        (Goal(0), np.zeros(0), "strengths must be"),
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_others_are_refused(method, goal, strengths, message):
    with pytest.raises(ValueError, match=message):
        method(perceptron(), IMAGE, goal, strengths)
