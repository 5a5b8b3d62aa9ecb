"""Convolution, max pooling and the networks made of them: by hand, central differences, PyTorch."""

import math

import numpy as np
import pytest

import nn
from nn.architectures import convolution_layers, most_convolutions
from nn.layers import conv2d
from nn.training.build import build_network, build_trainer

LAYERS = {
    "conv2d": lambda: nn.Conv2d(2, 3, 3, 5),
    "conv2d_of_one_channel": lambda: nn.Conv2d(1, 3, 4, 7),
    "conv2d_of_two_outputs_a_patch": lambda: nn.Conv2d(2, 3, 2, 5),
    "conv2d_of_1_x_1": lambda: nn.Conv2d(2, 3, 1, 4),
    "conv2d_of_one_place": lambda: nn.Conv2d(2, 3, 5, 5),
    "max_pool2d": lambda: nn.MaxPool2d(2, 4),
    "max_pool2d_of_an_odd_side": lambda: nn.MaxPool2d(2, 5),
    "flatten": lambda: nn.Flatten(2, 4),
}
INPUTS = {
    "conv2d": 50,
    "conv2d_of_one_channel": 49,
    "conv2d_of_two_outputs_a_patch": 50,
    "conv2d_of_one_place": 50,
    "max_pool2d_of_an_odd_side": 50,
}


def bind(layer: nn.Layer, **parameters: np.ndarray) -> dict[str, np.ndarray]:
    """Give the layer these parameters; its gradients."""
    gradients = {name: np.full(value.shape, np.nan) for name, value in parameters.items()}
    layer.bind(parameters, gradients)
    return gradients


def network(dtype: str = "float64") -> nn.Network:
    """For 12 x 12 pixels; from them come 8 x 8 places, 4 x 4, 2 x 2."""
    layers = [
        *(nn.Conv2d(1, 3, 5, 12), nn.MaxPool2d(3, 8), nn.ReLU()),
        *(nn.Conv2d(3, 4, 3, 4), nn.ReLU(), nn.Flatten(4, 2)),
        *(nn.Linear(16, 6), nn.ReLU(), nn.Linear(6, 3)),
    ]
    return nn.Network(layers, dtype=dtype, seed=3)


def pixels(count: int) -> np.ndarray:
    """Images with large plain parts, where pooling finds equal values."""
    images = np.random.default_rng(5).random((count, 144))
    images[:, :60] = 0
    return images * (images > 0.4)


# Layers


def test_a_convolution_by_hand():
    layer = nn.Conv2d(1, 1, 2, 3)
    bind(layer, weight=np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), bias=np.array([0.5]))
    x = np.array([[1.0, 0, 2, 0, 1, 0, 3, 0, 1]])
    # 1·1 + 4·1, then 2·2 + 3·1; 2·1 + 3·3, then 1·1 + 4·1; all + 0.5.
    np.testing.assert_array_equal(layer.forward(x), [[5.5, 7.5, 11.5, 5.5]])


def test_filters_lie_side_by_side_at_every_place():
    layer = nn.Conv2d(1, 2, 1, 2)
    bind(layer, weight=np.array([1.0, 10.0]).reshape(2, 1, 1, 1), bias=np.zeros(2))
    y = layer.forward(np.array([[1.0, 2, 3, 4]]))
    np.testing.assert_array_equal(y, [[1, 10, 2, 20, 3, 30, 4, 40]])


def test_the_gradient_of_equal_values_goes_to_the_first_only():
    layer = nn.MaxPool2d(1, 4)
    x = np.array([[0.0, 0, 0, 5, 0, 0, 5, 5, 1, 2, 7, 6, 2, 1, 6, 7]])
    np.testing.assert_array_equal(layer.forward(x), [[0, 5, 2, 7]])
    expected = [[1, 0, 0, 2, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0]]
    np.testing.assert_array_equal(layer.backward(np.array([[1.0, 2, 3, 4]])), expected)


@pytest.mark.parametrize("name", LAYERS)
def test_gradients_agree_with_central_differences(name, numeric_gradient):
    layer, rng = LAYERS[name](), np.random.default_rng(1)
    parameters = {key: rng.normal(size=shape) for key, shape in layer.parameter_shapes().items()}
    gradients = bind(layer, **parameters)
    inputs = INPUTS.get(name, 32)
    x = rng.normal(size=(3, inputs))
    direction = rng.normal(size=(3, layer.output_width(inputs)))

    def loss() -> float:
        return float((layer.forward(x, True) * direction).sum())

    loss()
    grad_input = layer.backward(direction.copy())
    np.testing.assert_allclose(grad_input, numeric_gradient(loss, x), atol=1e-7)
    for key, parameter in parameters.items():
        np.testing.assert_allclose(gradients[key], numeric_gradient(loss, parameter), atol=1e-7)


@pytest.mark.parametrize("name", LAYERS)
def test_it_does_not_matter_how_images_lie_in_memory(name):
    layer, rng = LAYERS[name](), np.random.default_rng(1)
    bind(layer, **{key: rng.normal(size=shape) for key, shape in layer.parameter_shapes().items()})
    inputs = INPUTS.get(name, 32)
    x = rng.normal(size=(3, inputs))
    direction = rng.normal(size=(3, layer.output_width(inputs)))
    expected = layer.forward(x, True).copy(), layer.backward(direction.copy()).copy()
    found = layer.forward(np.asfortranarray(x), True).copy()
    np.testing.assert_allclose(found, expected[0], rtol=1e-12)
    grad_input = layer.backward(np.asfortranarray(direction))
    np.testing.assert_allclose(grad_input, expected[1], rtol=1e-12)


def test_starting_weights_have_the_variance_that_he_asks_for():
    layer = nn.Conv2d(8, 64, 5, 6)
    layer.bind(*[{k: np.empty(s) for k, s in layer.parameter_shapes().items()} for _ in "pg"])
    layer.initialize(np.random.default_rng(0), "he_normal")
    assert layer.weight.std() == pytest.approx(math.sqrt(2 / (8 * 25)), rel=0.03)  # 12,800 drawn
    assert not layer.bias.any()


@pytest.mark.parametrize("layer", [*LAYERS.values()])
def test_inputs_of_another_width_are_refused(layer):
    with pytest.raises(ValueError, match=r"needs .* inputs, got 7"):
        layer().output_width(7)


def test_a_kernel_larger_than_the_image_is_refused():
    with pytest.raises(ValueError, match="kernel_size must be a whole number from 1 to 4, got 5"):
        nn.Conv2d(1, 2, 5, 4)


def test_a_small_filter_on_a_huge_image_is_refused():
    with pytest.raises(ValueError, match="values of an image's patches and outputs must be"):
        nn.Conv2d(1, 10_000, 1, 100)


# Networks


@pytest.mark.parametrize("direct_products", [0, 1_000_000])
@pytest.mark.parametrize("patch_values", [1, 500_000])
def test_torch_loads_the_file_and_agrees(tmp_path, monkeypatch, patch_values, direct_products):
    torch = pytest.importorskip("torch")
    from safetensors.torch import load_file

    monkeypatch.setattr(conv2d, "PATCH_VALUES", patch_values)
    ours, twin = (
        network(),
        torch.nn.Sequential(
            torch.nn.Conv2d(1, 3, 5),
            torch.nn.MaxPool2d(2),
            torch.nn.ReLU(),
            torch.nn.Conv2d(3, 4, 3),
            torch.nn.ReLU(),
            torch.nn.Flatten(),
            torch.nn.Linear(16, 6),
            torch.nn.ReLU(),
            torch.nn.Linear(6, 3),
        ).double(),
    )
    for layer in ours.layers:
        layer.direct_products = direct_products
    nn.save(ours, tmp_path / "model.safetensors")
    twin.load_state_dict(load_file(tmp_path / "model.safetensors"), strict=True)
    for count in (7, 2, 11):  # work buffers are used again
        x, direction = pixels(count), np.random.default_rng(7).normal(size=(count, 3))
        twin.zero_grad()
        expected = twin(torch.from_numpy(x).reshape(-1, 1, 12, 12))
        expected.backward(torch.from_numpy(direction))
        np.testing.assert_allclose(ours.forward(x, True), expected.detach(), atol=1e-12)
        ours.backward(direction)
        for name, gradient in ours.named_gradients().items():
            np.testing.assert_allclose(gradient, twin.get_parameter(name).grad, atol=1e-12)


def test_a_loaded_network_and_a_copy_answer_alike(tmp_path):
    original, images = network("float32"), (pixels(5) * 255).astype(np.uint8)
    nn.save(original, tmp_path / "model.safetensors")
    expected = original.predict_proba(images)
    for twin in (nn.load(tmp_path / "model.safetensors"), original.copy()):
        np.testing.assert_array_equal(twin.predict_proba(images), expected)


def test_wide_layers_are_predicted_in_smaller_batches(monkeypatch):
    images = (pixels(20) * 255).astype(np.uint8)
    expected = network().predict_logits(images)
    monkeypatch.setattr("nn.cost.VALUES", 3 * 400)  # three images' layers, 351 values each
    small = network()
    np.testing.assert_allclose(small.predict_logits(images), expected, atol=1e-12)
    assert len(small.layers[0].forward(small.scale_input(images[:1]))) == 1
    assert len(small.layers[0]._work["output"]) == 3


def test_the_settings_make_such_a_network():
    config = nn.TrainingConfig(convolutions=(16, 32), hidden=(128,))
    images = np.zeros((2, 28, 28), np.uint8)
    built = build_network(config, images, [str(digit) for digit in range(10)])
    assert nn.architecture(built) == "784-16C5-32C5-128-10"
    # 16 · 25 + 16, 32 · 16 · 25 + 32, 32 · 4 · 4 · 128 + 128, 128 · 10 + 10
    assert built.num_parameters == 416 + 12_832 + 65_664 + 1290
    assert [type(layer).__name__ for layer in built.layers[:3]] == ["Conv2d", "MaxPool2d", "ReLU"]


def test_operations_by_hand():
    layers = [nn.Conv2d(1, 2, 3, 5), nn.ReLU(), nn.Conv2d(2, 4, 3, 3), nn.Linear(4, 2)]
    # 9 places · 2 filters · 9 weights, 1 · 4 · 18, 4 · 2; the first layer needs no dL/dx.
    assert nn.training_flops(layers) == 2 * (2 * 162 + 3 * 72 + 3 * 8)


@pytest.mark.parametrize("workers", [1, 2])
def test_it_learns_what_a_line_looks_like_wherever_it_is(workers):
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 600)
    images = np.zeros((600, 28, 28), np.uint8)
    for image, label, (row, column) in zip(
        images, labels, rng.integers(2, 20, (600, 2)), strict=True
    ):
        image[row : row + (6 if label else 1), column : column + (1 if label else 6)] = 255
    config = nn.TrainingConfig(
        convolutions=(4, 4), hidden=(16,), optimizer="adam", learning_rate=0.01, epochs=4
    )
    built = build_network(config, images, ["lying", "standing"])
    trainer = build_trainer(config, built, images[:400], labels[:400], threads=workers)
    assert trainer.workers == workers
    for _ in trainer.run():
        pass
    assert (built.predict(images[400:]) == labels[400:]).mean() > 0.98


# What does not fit


@pytest.mark.parametrize(
    ("side", "most"), [(4, 0), (5, 0), (6, 1), (13, 1), (14, 1), (16, 2), (28, 2), (36, 3)]
)
def test_how_many_convolutions_fit_into_an_image(side, most):
    # (side - 4) / 2, rounded down, places are left by each; there must be one at least.
    assert most_convolutions(side) == most


@pytest.mark.parametrize(
    ("pixels", "filters", "message"),
    [
        (780, (4,), "square images, got images of 780 pixels"),
        (784, (4, 4, 4), "convolutions must be at most 2 for images of 28 x 28 pixels, got 3"),
        (64, (4, 4), "convolutions must be at most 1 for images of 8 x 8 pixels, got 2"),
        (784, (0,), "convolutions must be a whole number from 1 to"),
    ],
)
def test_images_that_do_not_fit_are_refused(pixels, filters, message):
    with pytest.raises(ValueError, match=message):
        convolution_layers(pixels, filters)
