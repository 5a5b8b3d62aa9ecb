"""Averages over copies of the image that are moved or turned a little."""

import numpy as np
import pytest

import nn
from nn.averaging import turned
from nn.training.validation import Validation


def corner_reader(shift):
    """A network for 3 x 3 images: the logit of class 1 is four times the upper left pixel."""
    network = nn.Network.mlp([9, 2], initializer="zeros", averaging=nn.Averaging(shift))
    network.named_parameters()["0.weight"][1, 0] = 4
    return network


@pytest.fixture
def image():
    """Pixels 0.1 to 0.9, row by row."""
    return np.arange(1, 10).reshape(1, 3, 3) / 10


def test_logits_are_the_mean_over_the_image_and_its_four_neighbours(image):
    # In the upper left corner: its own pixel, the one to the right (moved left), the one below
    # (moved up), and nothing (moved right, moved down).
    expected = 4 * (0.1 + 0.2 + 0.4) / 5
    assert corner_reader(1).predict_logits(image)[0, 1] == pytest.approx(expected)


def test_a_larger_shift_has_four_more_copies_for_each_pixel(image):
    expected = 4 * (0.1 + 0.2 + 0.4 + 0.3 + 0.7) / 9
    assert corner_reader(2).predict_logits(image)[0, 1] == pytest.approx(expected)


def test_probabilities_and_answers_follow_from_the_mean(image):
    network = corner_reader(1)
    network.named_parameters()["0.bias"][0] = 0.5  # between 4 * 0.1 and the mean, 0.56
    assert network.predict(image) == [1]
    odds = np.exp(0.56 - 0.5)
    assert network.predict_proba(image)[0, 1] == pytest.approx(odds / (1 + odds))


def test_images_of_bytes_are_taken_too(image):
    network = corner_reader(1)
    bytes_ = (255 * image).round().astype(np.uint8)
    np.testing.assert_allclose(
        network.predict_logits(bytes_), network.predict_logits(bytes_ / 255), rtol=1e-5
    )


def test_more_images_than_go_through_at_once_keep_their_places():
    images = np.random.default_rng(0).random((1200, 9), np.float32)
    padded = np.pad(images.reshape(-1, 3, 3), ((0, 0), (0, 1), (0, 1)))
    expected = 4 * (padded[:, 0, 0] + padded[:, 0, 1] + padded[:, 1, 0]) / 5
    logits = corner_reader(1).predict_logits(images)
    np.testing.assert_allclose(logits[:, 1], expected, rtol=1e-5)


def test_the_shift_goes_with_the_network(tmp_path, image):
    network = corner_reader(1)
    network.averaging = nn.Averaging(1, 15.0)
    nn.save(network, tmp_path / "model.safetensors")
    for same in (network.copy(), nn.load(tmp_path / "model.safetensors"), nn.join([network] * 2)):
        np.testing.assert_allclose(
            same.predict_logits(image), network.predict_logits(image), rtol=1e-6
        )


def test_networks_with_different_averages_are_not_joined():
    with pytest.raises(ValueError, match=r"networks\[1\] must have the test-time averaging of the"):
        nn.join([corner_reader(1), corner_reader(0)])
    turning = nn.Network.mlp([9, 2], averaging=nn.Averaging(rotation=5))
    with pytest.raises(ValueError, match=r"averaging of the first, .*alone.*, got turned by 5°"):
        nn.join([corner_reader(0), turning])


def test_few_and_many_images_are_answered_alike():
    network = nn.Network.mlp([9, 5, 3], averaging=nn.Averaging(3))
    images = np.random.default_rng(0).random((100, 3, 3), np.float32)
    one_by_one = np.concatenate([network.predict_logits(image[None]) for image in images])
    np.testing.assert_allclose(network.predict_logits(images), one_by_one, rtol=1e-4, atol=1e-6)


def test_an_answer_from_the_image_alone_may_be_asked_for(image):
    for averaging in (nn.Averaging(shift=2), nn.Averaging(rotation=20)):
        network = nn.Network.mlp([9, 5, 3], averaging=averaging)
        same = nn.Network.mlp([9, 5, 3])
        expected = same.predict_logits(image)
        assert np.abs(network.predict_logits(image) - expected).max() > 0.01
        np.testing.assert_array_equal(network.predict_logits(image, averaging=nn.ALONE), expected)
        np.testing.assert_array_equal(
            network.predict_proba(image, averaging=nn.ALONE), same.predict_proba(image)
        )


def test_losses_and_accuracies_are_those_of_the_mean(image):
    network, loss = corner_reader(1), nn.CrossEntropyLoss()
    network.named_parameters()["0.bias"][0] = 0.5
    assert nn.loss_and_accuracy(network, loss, image, np.array([1])) == (
        pytest.approx(np.log(1 + np.exp(0.5 - 0.56))),
        1.0,
    )
    assert nn.loss_and_accuracy(network, loss, image, np.array([1]), averaging=nn.ALONE)[1] == 0.0


def test_the_temperature_is_fitted_to_the_mean():
    images = np.random.default_rng(0).random((300, 9), np.float32)
    labels = (np.random.default_rng(1).random(300) < 0.6).astype(int)
    network = corner_reader(1)
    nn.calibrate(network, images, labels)
    assert network.temperature == pytest.approx(
        nn.fit_temperature(network.predict_logits(images), labels)
    )
    assert network.temperature != pytest.approx(
        nn.fit_temperature(network.predict_logits(images, averaging=nn.ALONE), labels), rel=0.05
    )


def test_validation_looks_at_the_image_alone():
    images, labels = np.random.default_rng(0).random((40, 9), np.float32), np.arange(40) % 2
    alone, shifted = corner_reader(0), corner_reader(1)
    looks = [
        Validation(n, nn.CrossEntropyLoss(), images, labels, patience=None, keep_best=False)
        for n in (alone, shifted)
    ]
    for look in looks:
        assert list(look.look(1)) == []  # a moment
    assert looks[0].newest == looks[1].newest


def test_images_that_are_not_square_cannot_be_moved():
    with pytest.raises(ValueError, match=r"images must be square to be moved, got shape \(1, 1, 9"):
        corner_reader(1).predict_logits(np.zeros((1, 1, 9)))
    assert nn.Network.mlp([10, 2]).predict_logits(np.ones((3, 10))).shape == (3, 2)
    for name in ("shift", "rotation"):
        with pytest.raises(
            ValueError, match=f"test_time_{name} must be 0 for images that are not square, got"
        ):
            nn.Network.mlp([10, 2], averaging=nn.Averaging(**{name: 1}))


@pytest.mark.parametrize("shift", [-1, 4, 1.5, None, True])
def test_another_shift_is_refused(shift):
    with pytest.raises(ValueError, match="test_time_shift must be a whole number from 0 to 3"):
        nn.Averaging(shift=shift)


@pytest.mark.parametrize("rotation", [-1, 45.1, "8", None, True, float("nan")])
def test_another_rotation_is_refused(rotation):
    with pytest.raises(ValueError, match="test_time_rotation must be a number"):
        nn.Averaging(rotation=rotation)


# Turned copies


def test_a_quarter_and_a_half_turn_move_whole_pixels():
    images = np.random.default_rng(0).random((3, 7, 7))
    np.testing.assert_allclose(turned(images, 90), np.rot90(images, -1, (1, 2)), atol=1e-6)
    np.testing.assert_allclose(turned(images, -90), np.rot90(images, 1, (1, 2)), atol=1e-6)
    np.testing.assert_allclose(turned(images, 180), images[:, ::-1, ::-1], atol=1e-6)


@pytest.mark.parametrize("degrees", [-30, -8, 3, 45])
def test_other_turns_are_those_of_scipy(degrees):
    ndimage = pytest.importorskip("scipy.ndimage")
    images = np.random.default_rng(0).random((4, 28, 28))
    # Its positive angles turn the other way where rows count downwards.
    expected = ndimage.rotate(
        images, -degrees, axes=(1, 2), reshape=False, order=1, mode="grid-constant"
    )
    np.testing.assert_allclose(turned(images, degrees), expected, atol=1e-5)


def test_what_comes_in_at_the_corners_is_background():
    full = turned(np.ones((1, 28, 28)), 45)
    assert full[0, 0, 0] == full[0, -1, -1] == 0
    assert full[0, 14, 14] == pytest.approx(1)


@pytest.mark.parametrize("shift", [0, 1])
def test_logits_are_the_mean_over_three_turns_of_every_place(shift):
    network = nn.Network.mlp([16, 6, 3], averaging=nn.Averaging(shift, 10))
    images = np.random.default_rng(0).random((5, 4, 4))
    still = nn.Network.mlp([16, 6, 3], averaging=nn.Averaging(shift))
    three = [still.predict_logits(np.clip(turned(images, a), 0, 1)) for a in (-10, 0, 10)]
    np.testing.assert_allclose(
        network.predict_logits(images), np.mean(three, axis=0), rtol=1e-4, atol=1e-5
    )
    bytes_ = (255 * images).round().astype(np.uint8)
    np.testing.assert_allclose(
        network.predict_logits(bytes_), network.predict_logits(bytes_ / 255), rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize(
    ("shift", "rotation", "words"),
    [
        (0, 0.0, ""),
        (2, 0.0, "moved by up to 2 px"),
        (0, 7.5, "turned by 7.5°"),
        (1, 8.0, "moved by up to 1 px and turned by 8°"),
    ],
)
def test_the_copies_in_words(shift, rotation, words):
    assert str(nn.Averaging(shift, rotation)) == words
