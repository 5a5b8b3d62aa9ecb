"""Maps of what an answer hangs on: completeness, linear networks by hand, and PyTorch."""

import numpy as np
import pytest

import nn
from nn.explain.attribution import (
    Target,
    gradient_times_input,
    integrated_gradients,
    occlusion,
    pixel_gradients,
)
from nn.explain.deletion import deletion_curves, most_important_first, random_order
from nn.explain.randomised import randomised

IMAGE = np.random.default_rng(5).random((6, 6)).astype(np.float32)


def make(activation="gelu", **options):
    return nn.Network.mlp(
        [36, 20, 10, 4], activation, input_mean=0.1, input_std=0.3, seed=2, **options
    )


def linear(weights):
    """A network of two classes without hidden layers: z0 = w · x, z1 = 0."""
    network = nn.Network.mlp([9, 2], initializer="zeros", dtype="float64")
    network.named_parameters()["0.weight"][0] = weights
    return network


@pytest.mark.parametrize("explain", [gradient_times_input, integrated_gradients])
def test_of_a_linear_network_the_map_is_weight_times_pixel(explain):
    weights, image = np.arange(9.0) - 4, np.linspace(0, 1, 9)
    found = explain(linear(weights), image, Target(0))
    np.testing.assert_allclose(found.pixels, weights * image, atol=1e-12)
    assert found.total == pytest.approx(float(weights @ image))
    assert found.gap == pytest.approx(0, abs=1e-12)


def test_a_contrast_is_the_difference_of_two_maps():
    network = make()
    first, second = (integrated_gradients(network, IMAGE, Target(k)).pixels for k in (2, 3))
    both = integrated_gradients(network, IMAGE, Target(2, contrast=3)).pixels
    np.testing.assert_allclose(both, first - second, atol=1e-5)


def test_integrated_gradients_add_up_and_the_better_the_more_steps_there_are():
    network = make(dtype="float64")
    gaps = [abs(integrated_gradients(network, IMAGE, Target(1), n).gap) for n in (2, 8, 64)]
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 1e-4


def test_it_agrees_with_pytorch():
    torch = pytest.importorskip("torch")
    network = make("relu")
    twin = torch.nn.Sequential(
        *(
            part
            for sizes in ((36, 20), (20, 10), (10, 4))
            for part in (torch.nn.Linear(*sizes), torch.nn.ReLU())
        )
    )[:-1]
    twin.load_state_dict({k: torch.tensor(v.copy()) for k, v in network.state_dict().items()})
    steps = (torch.arange(64) + 0.5)[:, None] / 64
    flat = torch.tensor(IMAGE.ravel())
    way = (steps * flat).requires_grad_()
    answer = twin((way - 0.1) / 0.3)
    (answer[:, 1] - answer[:, 0]).sum().backward()
    found = integrated_gradients(network, IMAGE, Target(1, contrast=0), 64)
    np.testing.assert_allclose(found.pixels, flat * way.grad.mean(axis=0), atol=1e-4)
    gradients = pixel_gradients(network, way.detach().numpy(), Target(1, contrast=0))
    np.testing.assert_allclose(gradients, way.grad, atol=1e-4)


def test_it_agrees_with_pytorch_on_convolutions_and_batch_norm():
    torch = pytest.importorskip("torch")
    layers = [
        *(nn.Conv2d(1, 3, 3, 6), nn.ReLU(), nn.MaxPool2d(3, 4), nn.Flatten(3, 2)),
        *(nn.Linear(12, 8), nn.BatchNorm(8), nn.ReLU(), nn.Linear(8, 4)),
    ]
    network = nn.Network(layers, input_mean=0.1, input_std=0.3, seed=2)
    rng = np.random.default_rng(1)
    for _ in range(3):
        network.forward(rng.normal(0.5, 2, (40, 36)).astype(np.float32), training=True)
    network.parameters += rng.normal(0, 0.1, network.num_parameters).astype(np.float32)
    twin = torch.nn.Sequential(
        *(torch.nn.Conv2d(1, 3, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten()),
        *(torch.nn.Linear(12, 8), torch.nn.BatchNorm1d(8), torch.nn.ReLU()),
        torch.nn.Linear(8, 4),
    ).eval()
    state = {k: torch.tensor(v.copy()) for k, v in network.state_dict().items()}
    twin.load_state_dict(state, strict=False)  # PyTorch counts batches too

    def theirs(images):
        return twin(((images - 0.1) / 0.3).reshape(-1, 1, 6, 6))

    image = torch.tensor(IMAGE)
    target = Target(1, contrast=0)
    steps = (torch.arange(64) + 0.5)[:, None, None] / 64
    for explain, way in (
        (gradient_times_input, image[None].clone()),
        (integrated_gradients, steps * image),
    ):
        answer = theirs(way.requires_grad_())
        (answer[:, 1] - answer[:, 0]).sum().backward()
        expected = image * way.grad.mean(axis=0)
        found = explain(network, IMAGE, target)
        assert abs(expected).max() > 0.01
        np.testing.assert_allclose(found.pixels, expected.ravel(), atol=1e-4)
    with torch.no_grad():
        whole, black = (theirs(one)[0] for one in (image, torch.zeros(6, 6)))
        assert found.total == pytest.approx(
            float((whole - black) @ torch.tensor([-1.0, 1, 0, 0])), abs=1e-4
        )
        hidden = image.repeat(36, 1, 1)
        for place in range(36):
            row, column = divmod(place, 6)
            hidden[place, max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = 0.5
        lost = (theirs(image) - theirs(hidden)) @ torch.tensor([-1.0, 1, 0, 0])
    found = occlusion(network, IMAGE, target, patch=3, fill="grey")
    np.testing.assert_allclose(found.pixels, lost, atol=1e-4)


@pytest.mark.parametrize("patch", [1, 3, 5])
@pytest.mark.parametrize(("fill", "colour"), [("black", 0), ("grey", 0.5)])
def test_occlusion_is_that_of_a_plain_loop(patch, fill, colour):
    network, half = make(), patch // 2

    def f(image):
        logits = network.predict_logits(image[np.newaxis], averaging=nn.ALONE)[0]
        return logits[2] - logits[3]

    expected = np.zeros((6, 6))
    for row in range(6):
        for column in range(6):
            hidden = IMAGE.copy()
            for y in range(6):
                for x in range(6):
                    if abs(y - row) <= half and abs(x - column) <= half:
                        hidden[y, x] = colour
            expected[row, column] = f(IMAGE) - f(hidden)
    found = occlusion(network, IMAGE, Target(2, contrast=3), patch, fill).pixels
    np.testing.assert_allclose(found, expected.ravel(), atol=1e-5)


def test_bytes_and_floats_are_the_same_image():
    pixels = np.random.default_rng(2).integers(0, 256, (6, 6)).astype(np.uint8)
    network = make()
    for explain in (gradient_times_input, integrated_gradients, occlusion):
        np.testing.assert_allclose(
            explain(network, pixels, Target(0)).pixels,
            explain(network, pixels / 255, Target(0)).pixels,
            atol=1e-4,
        )


@pytest.mark.parametrize(("fill", "colour"), [("black", 0), ("grey", 0.5)])
def test_occlusion_is_what_is_lost_behind_the_patch(fill, colour):
    weights, image = np.arange(9.0) - 4, np.linspace(0.1, 1, 9)
    found = occlusion(linear(weights), image, Target(0), patch=3, fill=fill)
    hidden = image - colour
    # Behind a patch on the corner lie four pixels, behind the one in the middle all nine.
    corner = [0, 1, 3, 4]
    assert found.pixels[0] == pytest.approx(float(weights[corner] @ hidden[corner]))
    assert found.pixels[4] == pytest.approx(float(weights @ hidden))
    alone = occlusion(linear(weights), image, Target(0), patch=1, fill=fill)
    np.testing.assert_allclose(alone.pixels, weights * hidden, atol=1e-12)


def test_places_where_the_patch_hides_nothing_lose_nothing_and_others_what_trying_says():
    network, image = make(), np.zeros((6, 6), np.float32)
    image[:2, :2] = IMAGE[:2, :2]
    found = occlusion(network, image, Target(0), patch=3).pixels.reshape(6, 6)
    assert np.count_nonzero(found[3:]) == np.count_nonzero(found[:, 3:]) == 0
    before = network.predict_logits(image[np.newaxis])[0, 0]
    for row, column in ((0, 0), (2, 1), (1, 2)):
        hidden = image.copy()
        hidden[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = 0
        lost = before - network.predict_logits(hidden[np.newaxis])[0, 0]
        assert found[row, column] == pytest.approx(lost, abs=1e-5)
    empty = occlusion(network, np.zeros((6, 6), np.float32), Target(0))
    assert not empty.pixels.any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"patch": 2}, "patch must be odd, got 2"),
        ({"patch": 9}, "patch must be a whole number from 1 to 6, got 9"),
        ({"fill": "red"}, "fill must be one of black, grey, got 'red'"),
    ],
)
def test_bad_patches_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        occlusion(make(), IMAGE, Target(0), **arguments)


def test_bad_targets_are_refused():
    with pytest.raises(ValueError, match="target must be a whole number from 0 to 3, got 4"):
        gradient_times_input(make(), IMAGE, Target(4))
    with pytest.raises(ValueError, match="contrast must be a whole number from 0 to 3, got -1"):
        gradient_times_input(make(), IMAGE, Target(1, contrast=-1))


def test_the_averaged_copies_are_left_out():
    alone, averaged = make(), make(averaging=nn.Averaging(1, 8))
    for explain in (gradient_times_input, integrated_gradients, occlusion):
        first, second = (explain(network, IMAGE, Target(0)) for network in (alone, averaged))
        np.testing.assert_array_equal(first.pixels, second.pixels)


def test_a_deletion_in_the_right_order_is_the_quickest():
    weights = np.array([5.0, 0, 0, 3, 0, 0, 1, 0, 0])
    image = np.ones(9)
    pixels = gradient_times_input(linear(weights), image, Target(0)).pixels
    orders = [most_important_first(pixels), random_order(9, seed=1)]
    curve, other = deletion_curves(linear(weights), image, orders, 0, points=10)
    logits = np.array([9, 4, 1, 0, 0, 0, 0, 0, 0, 0])
    np.testing.assert_allclose(curve.probabilities, 1 / (1 + np.exp(-logits)), atol=1e-12)
    np.testing.assert_allclose(curve.shares, np.arange(10) / 9)
    assert curve.area < other.area


def test_only_ink_is_deleted():
    image = np.zeros(9)
    image[4] = 1
    [curve] = deletion_curves(linear(np.ones(9)), image, [np.arange(9)], 0, points=2)
    np.testing.assert_allclose(curve.probabilities, [1 / (1 + np.exp(-1)), 0.5])


@pytest.mark.parametrize("batch_norm", [False, True])
def test_randomised_weights_are_others_in_every_layer(batch_norm):
    network = make(batch_norm=batch_norm)
    for _ in range(3):
        network.forward(np.random.default_rng(1).normal(3, 2, (30, 36)), training=True)
    network.parameters += 0.1
    before = {name: tensor.copy() for name, tensor in network.state_dict().items()}
    other = randomised(network, seed=1)
    for name, tensor in other.state_dict().items():
        assert not np.array_equal(network.state_dict()[name], tensor), name
        np.testing.assert_array_equal(network.state_dict()[name], before[name])
    np.testing.assert_array_equal(randomised(network, 1).parameters, other.parameters)
    assert (other.input_mean, other.input_std) == (network.input_mean, network.input_std)


def test_nothing_learned_is_left_in_random_weights():
    untrained, trained = make(batch_norm=True), make(batch_norm=True)
    for _ in range(3):
        trained.forward(np.random.default_rng(1).normal(3, 2, (30, 36)), training=True)
    trained.parameters += 0.1
    one, other = (randomised(network).state_dict() for network in (untrained, trained))
    for name, tensor in one.items():
        np.testing.assert_array_equal(other[name], tensor)
