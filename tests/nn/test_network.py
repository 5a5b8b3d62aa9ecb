"""The network: its shapes and names, its gradient as a whole, and what it accepts as images."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nn
from nn.training.state import rng_state, set_rng_state


def images(n: int = 5, seed: int = 0) -> np.ndarray:
    """Noise as uint8 images (n, 28, 28)."""
    return np.random.default_rng(seed).integers(0, 256, (n, 28, 28), dtype=np.uint8)


def small(**options) -> nn.Network:
    return nn.Network.mlp([784, 16, 10], input_mean=0.13, input_std=0.31, **options)


# Shapes, names, memory


def test_an_mlp_has_the_layers_one_expects():
    network = nn.Network.mlp([784, 128, 64, 10], "gelu", dropout=0.2, batch_norm=True)
    kinds = [type(layer).__name__ for layer in network.layers]
    assert kinds == [*["Linear", "BatchNorm", "GELU", "Dropout"] * 2, "Linear"]
    assert (network.in_features, network.num_classes) == (784, 10)
    plain = nn.Network.mlp([784, 128, 64, 10])
    assert [type(layer).__name__ for layer in plain.layers] == [*["Linear", "ReLU"] * 2, "Linear"]
    assert repr(nn.Network.mlp([4, 2])) == "Network([Linear(in_features=4, out_features=2)])"
    assert plain.num_parameters == 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10 == 109_386


def test_names_and_shapes_are_those_of_torch():
    torch = pytest.importorskip("torch")
    network = nn.Network.mlp([6, 5, 4], batch_norm=True)
    twin = torch.nn.Sequential(
        torch.nn.Linear(6, 5), torch.nn.BatchNorm1d(5), torch.nn.ReLU(), torch.nn.Linear(5, 4)
    )
    shapes = {name: tuple(parameter.shape) for name, parameter in twin.named_parameters()}
    assert network.parameter_shapes() == shapes
    for views in (network.named_parameters(), network.named_gradients()):
        assert {name: view.shape for name, view in views.items()} == shapes
    buffers = {name: tuple(buffer.shape) for name, buffer in twin.named_buffers() if buffer.ndim}
    assert {name: buffer.shape for name, buffer in network.named_buffers().items()} == buffers


def test_parameters_and_gradients_are_views_into_one_vector_each():
    network = nn.Network.mlp([6, 5, 4], batch_norm=True)
    pairs = (
        (network.parameters, network.named_parameters()),
        (network.gradients, network.named_gradients()),
    )
    for vector, views in pairs:
        assert vector.shape == (network.num_parameters,)
        assert vector.flags.c_contiguous
        for number, view in enumerate(views.values(), start=1):
            view[...] = number
        counts = [view.size for view in views.values()]
        np.testing.assert_array_equal(vector, np.repeat(np.arange(1, len(counts) + 1), counts))
    x = np.ones((2, 6), np.float32)
    before = network.forward(x).copy()
    network.parameters *= 2  # as an optimizer does: the layers see it
    assert (network.forward(x) != before).any()


def test_weights_lie_in_memory_as_in_by_out():
    network = nn.Network.mlp([3, 2])
    network.named_parameters()["0.weight"][...] = [[1, 2, 3], [4, 5, 6]]
    np.testing.assert_array_equal(network.parameters[:6], [1, 4, 2, 5, 3, 6])
    assert network.layers[0].weight.T.flags.c_contiguous
    assert network.layers[0].grad_weight.T.flags.c_contiguous


# Starting values


def test_the_seed_decides_the_weights_bit_for_bit():
    assert np.array_equal(small(seed=7).parameters, small(seed=7).parameters)
    assert not np.array_equal(small(seed=7).parameters, small(seed=8).parameters)


def test_starting_values_follow_the_initializer_and_biases_are_zero():
    network = nn.Network.mlp([400, 300, 10], initializer="lecun_normal", batch_norm=True)
    views = network.named_parameters()
    np.testing.assert_allclose(views["0.weight"].var(), 1 / 400, rtol=0.03)
    np.testing.assert_allclose(views["3.weight"].var(), 1 / 300, rtol=0.1)
    for name, value in {"0.bias": 0, "1.weight": 1, "1.bias": 0, "3.bias": 0}.items():
        assert (views[name] == value).all(), name


# Forward and backward as a whole


@pytest.mark.parametrize("activation", nn.ACTIVATIONS)
def test_the_gradient_of_a_whole_network_agrees_with_central_differences(
    activation, numeric_gradient
):
    network = nn.Network.mlp([4, 5, 3], activation, dropout=0.3, batch_norm=True, dtype="float64")
    rng = np.random.default_rng(0)
    network.parameters += rng.normal(0, 0.3, network.num_parameters)
    x, labels = rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    loss_function, dropout_state = nn.CrossEntropyLoss(0.1), rng_state(network)

    def loss() -> float:
        set_rng_state(network, dropout_state)  # the same mask every time
        return loss_function(network.forward(x, training=True), labels)[0]

    set_rng_state(network, dropout_state)
    _, gradient = loss_function(network.forward(x, training=True), labels)
    network.backward(gradient)
    numeric = numeric_gradient(loss, network.parameters)
    np.testing.assert_allclose(network.gradients, numeric, atol=1e-7)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 1e-5)])
def test_logits_and_gradients_of_the_classic_network_agree_with_torch(dtype, tolerance):
    torch = pytest.importorskip("torch")
    network = nn.Network.mlp([784, 128, 64, 10], dtype=dtype)
    twin = torch.nn.Sequential(
        torch.nn.Linear(784, 128),
        torch.nn.ReLU(),
        torch.nn.Linear(128, 64),
        torch.nn.ReLU(),
        torch.nn.Linear(64, 10),
    ).to(getattr(torch, dtype))
    twin.load_state_dict(
        {name: torch.from_numpy(view.copy()) for name, view in network.named_parameters().items()}
    )
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(64, 784)).astype(dtype), rng.integers(0, 10, 64)

    torch_logits = twin(torch.from_numpy(x))
    torch.nn.functional.cross_entropy(torch_logits, torch.from_numpy(labels)).backward()
    logits = network.forward(x, training=True)
    np.testing.assert_allclose(logits, torch_logits.detach(), atol=tolerance)
    network.backward(nn.CrossEntropyLoss()(logits, labels)[1])
    gradients = network.named_gradients()
    for name, parameter in twin.named_parameters():
        np.testing.assert_allclose(gradients[name], parameter.grad, atol=tolerance, err_msg=name)


def test_dropout_goes_on_exactly_where_its_state_was_taken():
    network, x = small(dropout=0.5), np.ones((3, 784), np.float32)
    state = json.loads(json.dumps(rng_state(network)))
    first = network.forward(x, training=True).copy()
    second = network.forward(x, training=True).copy()
    assert (first != second).any()
    set_rng_state(network, state)
    np.testing.assert_array_equal(network.forward(x, training=True), first)
    np.testing.assert_array_equal(network.forward(x, training=True), second)


def test_the_seed_decides_what_dropout_drops_and_each_layer_drops_for_itself():
    def states(seed: int) -> list[dict]:
        return list(rng_state(nn.Network.mlp([4, 4, 4, 2], dropout=0.5, seed=seed)).values())

    assert states(7) == states(7)
    assert states(7) != states(8)
    assert states(7)[0] != states(7)[1]


# Images in, probabilities out


def test_inputs_are_scaled_by_the_network_itself():
    network = nn.Network.mlp([4, 2], input_mean=0.5, input_std=0.25)
    pixels = np.array([[0, 51, 102, 255]], np.uint8)
    expected = [[-2, -1.2, -0.4, 2]]
    np.testing.assert_allclose(network.scale_input(pixels), expected, atol=1e-6)
    np.testing.assert_allclose(network.scale_input(pixels / 255), expected, atol=1e-6)
    out = np.empty((1, 4), np.float32)
    assert network.scale_input(pixels.reshape(1, 2, 2), out=out) is out
    np.testing.assert_allclose(out, expected, atol=1e-6)


def test_the_same_images_give_the_same_probabilities_in_every_form():
    network, pixels = small(), images()
    probabilities = network.predict_proba(pixels)
    assert probabilities.shape == (5, 10)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(network.predict(pixels), probabilities.argmax(axis=1))
    flat = pixels.reshape(5, 784)
    floats = pixels / 255
    others = (
        flat,
        floats,
        floats.reshape(5, 784),
        floats.astype(np.float32),
        np.asfortranarray(flat),
        np.repeat(pixels, 2, axis=0)[::2],
        floats.tolist(),
    )
    for other in others:
        np.testing.assert_allclose(network.predict_proba(other), probabilities, atol=1e-6)


def test_probabilities_do_not_depend_on_how_many_images_come_at_once():
    network, pixels = small(batch_norm=True, dropout=0.5), images(2500)
    at_once = network.predict_proba(pixels)
    assert at_once.shape == (2500, 10)
    for part in (slice(0, 3), slice(1020, 1030), slice(2499, 2500)):
        np.testing.assert_allclose(network.predict_proba(pixels[part]), at_once[part], atol=1e-6)
    assert network.predict_proba(pixels[:0]).shape == (0, 10)


def test_probabilities_are_the_callers_to_keep():
    network = small()
    first = network.predict_proba(images(seed=1))
    kept = first.copy()
    network.predict_proba(images(seed=2))
    np.testing.assert_array_equal(first, kept)


def test_several_threads_may_predict_at_once():
    network = nn.Network.mlp([784, 64, 10])
    inputs = [images(1200, seed) for seed in range(4)]
    expected = [network.predict_proba(pixels) for pixels in inputs]
    together = threading.Barrier(4)

    def agrees(number: int) -> bool:
        together.wait()
        results = [network.predict_proba(inputs[number]) for _ in range(5)]
        return all(np.array_equal(result, expected[number]) for result in results)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(agrees, range(4)))


# Refused


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.zeros((28, 28)), r"shape \(n, 784\) or \(n, 28, 28\), got \(28, 28\)"),
        (np.zeros(784), r"got \(784,\)"),
        (np.zeros((1, 28, 28, 1)), r"got \(1, 28, 28, 1\)"),
        (np.zeros((2, 783)), r"got \(2, 783\)"),
        (0.5, r"got \(\)"),
        (np.full((1, 784), 1.5), r"lie in \[0, 1\], got values from 1.5 to 1.5"),
        (np.full((1, 784), -0.1), r"lie in \[0, 1\]"),
        (np.full((1, 784), np.nan), r"lie in \[0, 1\]"),
        (np.full((1, 784), np.inf), r"lie in \[0, 1\]"),
        (np.zeros((1, 784), np.int64), r"uint8 or floats in \[0, 1\], got int64"),
        (np.zeros((1, 784), complex), "got complex128"),
        (np.full((1, 784), "0"), "got <U1"),
        (np.full((1, 784), None), "got object"),
    ],
)
def test_what_is_no_image_is_refused(bad, message):
    with pytest.raises(ValueError, match="images must.*" + message):
        small().predict_proba(bad)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: nn.Network([]), "begin with a Linear or a Conv2d layer, got none"),
        (lambda: nn.Network([nn.ReLU(), nn.Linear(2, 2)]), r"begin with a Linear .* got ReLU\(\)"),
        (
            lambda: nn.Network([nn.Linear(4, 3), nn.Linear(2, 2)]),
            r"layers\[1\]: Linear\(in_features=2, out_features=2\) needs 2 inputs, got 3",
        ),
        (lambda: nn.Network([nn.Linear(4, 3), nn.BatchNorm(4)]), r"layers\[1\]: BatchNorm"),
        (lambda: nn.Network([nn.Linear(2, 2), *[nn.ReLU()] * 2]), "all different objects"),
        (lambda: nn.Network.mlp([784]), "widths must hold at least inputs and classes"),
        (lambda: nn.Network.mlp([4, 0, 2]), "must be a whole number from 1"),
        (lambda: small(activation="swish"), "activation must be one of relu, .* got 'swish'"),
        (lambda: small(initializer="he"), "initializer must be one of he_normal, .* got 'he'"),
        (lambda: small(dropout=1.0), r"p must be a number in \[0, 1\)"),
        (lambda: small(seed=-1), "seed must be a whole number from 0"),
        (lambda: small(dtype=np.int32), "dtype must be one of float32, float64, got 'int32'"),
        (lambda: nn.Network.mlp([2, 2], input_std=0), "input_std must be a number"),
        (lambda: nn.Network.mlp([2, 2], input_mean=float("nan")), "input_mean .* got nan"),
    ],
)
def test_a_network_that_cannot_be_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("notes", ["", "no list", '["a"]', '{"a": 1}'])
def test_labels_are_counted_where_the_file_does_not_name_them(notes):
    network = nn.Network.mlp([784, 3], metadata={"labels": notes})
    assert network.labels == ["0", "1", "2"]


def test_labels_come_from_the_file():
    network = nn.Network.mlp([784, 3], metadata={"labels": '["A", "B", "C"]'})
    assert network.labels == ["A", "B", "C"]
