"""Every layer against central differences, PyTorch and hand calculation."""

import math

import numpy as np
import pytest

import nn

WIDTH = 6

LAYERS = {
    "linear": lambda: nn.Linear(WIDTH, 4),
    "relu": nn.ReLU,
    "leaky_relu": lambda: nn.LeakyReLU(0.2),
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "dropout": lambda: nn.Dropout(0.4),
    "batch_norm": lambda: nn.BatchNorm(WIDTH),
    "branches": lambda: nn.Branches(
        [
            [nn.Linear(WIDTH, 5), nn.BatchNorm(5), nn.Tanh(), nn.Linear(5, 4)],
            [nn.Linear(WIDTH, 4), nn.Sigmoid()],
            [nn.Linear(WIDTH, 4)],
        ]
    ),
}

every_layer = pytest.mark.parametrize("name", LAYERS)
both_modes = pytest.mark.parametrize("training", [False, True], ids=["eval", "training"])


def make(name: str, dtype=np.float64):
    """A layer with random parameters of its own, and those parameters and gradients by name."""
    layer = LAYERS[name]()
    rng = np.random.default_rng(1)
    parameters, gradients = {}, {}
    for place, part in parts(layer).items():
        shapes = part.parameter_shapes()
        own = {name: rng.normal(size=shape).astype(dtype) for name, shape in shapes.items()}
        own_gradients = {name: np.full(shape, np.nan, dtype) for name, shape in shapes.items()}
        part.bind(own, own_gradients)
        parameters |= {place + name: values for name, values in own.items()}
        gradients |= {place + name: values for name, values in own_gradients.items()}
    for buffer in buffers(layer).values():
        buffer += rng.uniform(0.1, 0.5, buffer.shape)
    return layer, parameters, gradients


def parts(layer) -> dict:
    """The layer and those it is made of, by what PyTorch's names of their tensors begin with."""
    return {"": layer} | {f"{place}.": inner for place, inner in layer.inner_layers().items()}


def buffers(layer) -> dict[str, np.ndarray]:
    return {
        place + name: buffer
        for place, part in parts(layer).items()
        for name, buffer in part.buffers().items()
    }


def batch(rows: int = 6, width: int = WIDTH, seed: int = 2, dtype=np.float64) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.3, 1.5, (rows, width)).astype(dtype)


# Gradients against central differences


@every_layer
@both_modes
def test_gradients_agree_with_central_differences(name, training, numeric_gradient):
    layer, parameters, gradients = make(name)
    x = batch()
    direction = batch(6, layer.output_width(WIDTH), seed=3)

    def loss() -> float:
        if isinstance(layer, nn.Dropout):
            layer.rng = np.random.default_rng(4)  # the same mask every time
        return float((layer.forward(x, training) * direction).sum())

    loss()
    grad_input = layer.backward(direction.copy())
    np.testing.assert_allclose(grad_input, numeric_gradient(loss, x), atol=1e-7)
    for key, parameter in parameters.items():
        numeric = numeric_gradient(loss, parameter)
        np.testing.assert_allclose(gradients[key], numeric, atol=1e-7, err_msg=key)


# Against PyTorch


def torch_twin(torch, name):
    return {
        "linear": lambda: torch.nn.Linear(WIDTH, 4),
        "relu": torch.nn.ReLU,
        "leaky_relu": lambda: torch.nn.LeakyReLU(0.2),
        "tanh": torch.nn.Tanh,
        "sigmoid": torch.nn.Sigmoid,
        "gelu": lambda: torch.nn.GELU(approximate="tanh"),
        "batch_norm": lambda: torch.nn.BatchNorm1d(WIDTH),
        "branches": lambda: torch_branches(torch),
    }[name]()


def torch_branches(torch):
    class Branches(torch.nn.ModuleList):
        def forward(self, x):
            return sum(row(x) for row in self)

    norm = torch.nn.BatchNorm1d(5)
    return Branches(
        [
            torch.nn.Sequential(
                torch.nn.Linear(WIDTH, 5), norm, torch.nn.Tanh(), torch.nn.Linear(5, 4)
            ),
            torch.nn.Sequential(torch.nn.Linear(WIDTH, 4), torch.nn.Sigmoid()),
            torch.nn.Sequential(torch.nn.Linear(WIDTH, 4)),
        ]
    )


@pytest.mark.parametrize("name", [n for n in LAYERS if n != "dropout"])
@both_modes
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 1e-5)])
def test_values_and_gradients_agree_with_torch(name, training, dtype, tolerance):
    torch = pytest.importorskip("torch")
    layer, parameters, gradients = make(name, dtype)
    twin = torch_twin(torch, name).to(getattr(torch, dtype)).train(training)
    state = {k: torch.from_numpy(v.copy()) for k, v in (parameters | buffers(layer)).items()}
    twin.load_state_dict(state, strict=False)

    # Several batches of different sizes: running statistics move, work buffers are used again.
    for seed, rows in enumerate([8, 3, 12]):
        x = batch(rows, seed=seed, dtype=dtype)
        direction = batch(rows, layer.output_width(WIDTH), seed=9, dtype=dtype)
        torch_x = torch.from_numpy(x.copy()).requires_grad_()
        twin.zero_grad()
        torch_y = twin(torch_x)
        torch_y.backward(torch.from_numpy(direction.copy()))

        y = layer.forward(x, training).copy()
        grad_input = layer.backward(direction)
        np.testing.assert_allclose(y, torch_y.detach(), atol=tolerance)
        np.testing.assert_allclose(grad_input, torch_x.grad, atol=tolerance)
        for key, parameter in twin.named_parameters():
            np.testing.assert_allclose(gradients[key], parameter.grad, atol=tolerance)
        for key, buffer in buffers(layer).items():
            np.testing.assert_allclose(buffer, twin.get_buffer(key), atol=tolerance)


# Known values


def test_linear_computes_x_w_transposed_plus_b():
    layer = nn.Linear(2, 3)
    weight, bias = np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([0.5, 0, -1])
    grad_weight, grad_bias = np.empty((3, 2)), np.empty(3)
    layer.bind({"weight": weight, "bias": bias}, {"weight": grad_weight, "bias": grad_bias})
    np.testing.assert_array_equal(layer.forward(np.array([[10.0, 1]])), [[12.5, 34, 55]])
    grad_input = layer.backward(np.array([[1.0, 0, 2]]))
    np.testing.assert_array_equal(grad_input, [[11, 14]])
    np.testing.assert_array_equal(grad_weight, [[10, 1], [0, 0], [20, 2]])
    np.testing.assert_array_equal(grad_bias, [1, 0, 2])


@pytest.mark.parametrize(
    ("layer", "values", "slopes"),
    [
        (nn.ReLU(), [0, 0, 3], [0, 0, 1]),
        (nn.LeakyReLU(), [-0.02, 0, 3], [0.01, 0.01, 1]),
        (nn.Tanh(), [-0.9640276, 0, 0.9950548], [0.0706508, 1, 0.0098660]),
        (nn.Sigmoid(), [0.1192029, 0.5, 0.9525741], [0.1049936, 0.25, 0.0451767]),
    ],
    ids=repr,
)
def test_activations_at_minus_two_zero_and_three(layer, values, slopes):
    np.testing.assert_allclose(layer.forward(np.array([[-2.0, 0, 3]])), [values], atol=1e-7)
    np.testing.assert_allclose(layer.backward(np.ones((1, 3))), [slopes], atol=1e-7)


def test_gelu_is_close_to_its_exact_form():
    x = np.linspace(-8, 8, 4001)[:, None]
    exact = x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2
    assert np.abs(nn.GELU().forward(x) - exact).max() < 5e-4


@pytest.mark.parametrize("layer", [nn.Sigmoid(), nn.Tanh(), nn.GELU()], ids=repr)
def test_saturating_activations_do_not_overflow(layer):
    x = np.array([[-1e4, -100, 100, 1e4]], np.float32)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y = layer.forward(x).copy()
        slopes = layer.backward(np.ones_like(x))
    low = {nn.Sigmoid: 0, nn.Tanh: -1, nn.GELU: 0}[type(layer)]
    high = x[0, 2:] if isinstance(layer, nn.GELU) else [1, 1]
    np.testing.assert_array_equal(y, [[low, low, *high]])
    assert np.isfinite(slopes).all()


# Dropout


# Batch normalisation


# What holds for every layer


@every_layer
@both_modes
def test_batches_of_changing_size_do_not_disturb_each_other(name, training):
    layer, _, gradients = make(name)
    for rows in (8, 3, 20, 3):
        fresh, _, fresh_gradients = make(name)
        if isinstance(layer, nn.Dropout):
            fresh.rng.bit_generator.state = layer.rng.bit_generator.state
        x, direction = batch(rows), batch(rows, layer.output_width(WIDTH), seed=5)
        y, fresh_y = layer.forward(x, training), fresh.forward(x, training)
        np.testing.assert_array_equal(y, fresh_y)
        back, fresh_back = layer.backward(direction.copy()), fresh.backward(direction.copy())
        np.testing.assert_array_equal(back, fresh_back)
        for key, gradient in gradients.items():
            np.testing.assert_array_equal(gradient, fresh_gradients[key])


@every_layer
@both_modes
def test_forward_leaves_its_input_alone_and_keeps_float32(name, training):
    layer, _, _ = make(name, np.float32)
    x = batch(dtype=np.float32)
    before = x.copy()
    y = layer.forward(x, training)
    assert y.dtype == np.float32
    assert layer.backward(y.copy()).dtype == np.float32
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize(
    ("make_layer", "message"),
    [
        (lambda: nn.Linear(0, 3), "in_features must be a whole number from 1"),
        (lambda: nn.Branches([]), "rows must hold at least one row of layers, got none"),
        (lambda: nn.Branches([[nn.ReLU()]]), "layers must begin with a Linear or .*, got ReLU"),
        (
            lambda: nn.Branches([[nn.Linear(6, 4)], [nn.Linear(6, 3)]]),
            r"rows\[1\] must have the 6 inputs and 4 outputs of the first, got \(6, 3\)",
        ),
        (
            lambda: nn.Branches([[nn.Branches([[nn.Linear(6, 4)]])]]),
            "rows must hold no Branches themselves",
        ),
        (
            lambda: nn.Branches([[layer := nn.Linear(6, 4)], [layer]]),
            "rows must hold different layers, got one twice",
        ),
        (lambda: nn.Linear(3, 2.5), "out_features must be a whole number .* got 2.5"),
        (lambda: nn.Linear(True, 3), "in_features .* got True"),
        (lambda: nn.BatchNorm(-1), "num_features .* got -1"),
        (lambda: nn.BatchNorm(3, eps=0), r"eps must be a number in \(0, 1\], got 0"),
        (lambda: nn.BatchNorm(3, momentum=1.5), r"momentum must be a number in \[0, 1\]"),
        (lambda: nn.Dropout(1), r"p must be a number in \[0, 1\), got 1"),
        (lambda: nn.Dropout(float("nan")), "p .* got nan"),
        (lambda: nn.Dropout("0.5"), "p .* got '0.5'"),
        (lambda: nn.LeakyReLU(-0.1), r"negative_slope must be a number in \[0, 1\], got -0.1"),
        (lambda: nn.LeakyReLU(10**400), "negative_slope"),
    ],
)
def test_bad_arguments_are_refused_by_name(make_layer, message):
    with pytest.raises(ValueError, match=message):
        make_layer()
