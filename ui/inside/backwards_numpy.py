"""A number of the view "Backwards" as a few lines of NumPy that print it, for whoever wants to try.

They hold all that they need: a few numbers as they are written, many as text in base64.
"""

import base64
from collections.abc import Sequence
from textwrap import fill

import numpy as np

import nn
from nn.layers.layer import Layer

_MOST_WRITTEN = 64
_IMPORT = "import numpy as np\n"

# Of an activation the value at z, and its derivative there; as the layers do it, so that nothing
# overflows for large z.
_FORMULAS = {
    "ReLU": ("max(z, 0.0)", "float(z > 0)"),
    "LeakyReLU": ("z if z > 0 else {slope} * z", "1.0 if z > 0 else {slope}"),
    "Tanh": ("np.tanh(z)", "1 - np.tanh(z) ** 2"),
    "GELU": (
        "z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))) / 2",
        "(1 + (t := np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))) / 2"
        " + z * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2) / 2",
    ),
    "Sigmoid": ("(1 + np.tanh(z / 2)) / 2", "(y := (1 + np.tanh(z / 2)) / 2) * (1 - y)"),
}


def loss_code(logits: np.ndarray, target: int) -> str:
    """-log p as it is computed: p itself may be too small for a number."""
    return (
        f"{_IMPORT}{_array('z', logits)}  # the logits\n"
        f"z -= z.max()\nprint(np.log(np.exp(z).sum()) - z[{target}])"
    )


def probability_code(logits: np.ndarray, index: int) -> str:
    return (
        f"{_IMPORT}{_array('z', logits)}  # the logits\n"
        f"p = np.exp(z - z.max())\np /= p.sum()\nprint(p[{index}])"
    )


def wanted_code(classes: int, target: int, index: int) -> str:
    return f"{_IMPORT}q = np.zeros({classes})\nq[{target}] = 1\nprint(q[{index}])"


def sum_code(
    first: tuple[str, np.ndarray], second: tuple[str, np.ndarray], bias: float | None = None
) -> str:
    """The sum of products of two named arrays, each (n,), and perhaps a bias."""
    arrays = [_array(*first), _array(*second)]
    needs = "import base64\n" if any("base64" in array for array in arrays) else ""
    lines, result = "\n".join(arrays), f"{first[0]} @ {second[0]}"
    if bias is not None:
        lines, result = f"{lines}\nb = {bias!r}", f"{result} + b"
    return f"{needs}{_IMPORT}{lines}\nprint({result})"


def product_code(factors: Sequence[tuple[str, float]]) -> str:
    """Of named numbers."""
    lines = [f"{name} = {value!r}" for name, value in factors]
    return "\n".join([*lines, f"print({' * '.join(name for name, _ in factors)})"])


def slope_code(layer: Layer, z: float) -> str:
    """The derivative of an activation at z."""
    return _activation_code(layer, z, slope=True)


def activation_code(layer: Layer, z: float) -> str:
    """The value of an activation at z."""
    return _activation_code(layer, z, slope=False)


def normalised_code(layer: nn.BatchNorm, neuron: int, z: float) -> str:
    """What batch normalisation makes of z."""
    return (
        f"{_IMPORT}z = {z!r}\n"
        f"mean = {float(layer.running_mean[neuron])!r}\n"
        f"variance = {float(layer.running_var[neuron])!r}\n"
        f"gamma = {float(layer.weight[neuron])!r}\nbeta = {float(layer.bias[neuron])!r}\n"
        f"print(gamma * (z - mean) / np.sqrt(variance + {layer.eps!r}) + beta)"
    )


def largest_code(values: np.ndarray) -> str:
    return f"x = {values.tolist()}\nprint(max(x))"


def batch_norm_code(layer: nn.BatchNorm, neuron: int) -> str:
    """The factor by which it multiplies a gradient."""
    return (
        f"{_IMPORT}gamma = {float(layer.weight[neuron])!r}\n"
        f"variance = {float(layer.running_var[neuron])!r}\n"
        f"print(gamma / np.sqrt(variance + {layer.eps!r}))"
    )


def pixel_code(network: nn.Network, pixel: int) -> str:
    """The scaled value of a pixel, 0 to 255."""
    return f"pixel = {pixel} / 255\nprint((pixel - {network.input_mean!r}) / {network.input_std!r})"


def _activation_code(layer: Layer, z: float, *, slope: bool) -> str:
    name = type(layer).__name__
    if name not in _FORMULAS:
        call = "layer.forward(z)"
        lines = [
            "import numpy as np",
            "import nn.layers  # in a checkout of scratch-nn",
            f"layer = nn.layers.{layer!r}",
            f"z = np.array([[{z!r}]])",
        ]
        if slope:
            lines += [call]
            call = "layer.backward(np.ones((1, 1)))"
        return "\n".join([*lines, f"print({call}[0, 0])"])
    formula = _FORMULAS[name][slope].format(slope=getattr(layer, "negative_slope", None))
    return f"{_IMPORT}z = {z!r}\nprint({formula})"


def _array(name: str, values: np.ndarray) -> str:
    values = np.ascontiguousarray(values, np.float64)
    if len(values) > _MOST_WRITTEN:
        text = base64.b64encode(values.astype("<f8").tobytes()).decode()
        return f'{name} = np.frombuffer(base64.b64decode("{text}"), "<f8")'
    numbers = ", ".join(repr(float(value)) for value in values)
    if len(numbers) > 80:
        numbers = "\n" + fill(numbers, 96, initial_indent="    ", subsequent_indent="    ") + "\n"
    return f"{name} = np.array([{numbers}])"
