"""The landscape's numbers once more, as lines of NumPy, and the file of the sheet they read."""

import numpy as np

import nn
from nn.landscape.sheet import Sheet
from ui.inside.copied_code import IMPORTS, tensors_file

Array = np.ndarray

_VARIANCES = """
        if name.endswith("running_var"):
            model.TENSORS[name] = np.maximum(model.TENSORS[name], 0)"""


def landscape_code(network: nn.Network, xs: Array, ys: Array) -> str:
    """Lines that print the loss at all points (rows, columns)."""
    has_variances = any(isinstance(layer, nn.BatchNorm) for layer in network.layers)
    return f"""{IMPORTS}
with np.load("images.npz") as files:
    images, labels = files["images"], files["labels"]
with np.load("sheet.npz") as files:
    start, first, second = (
        {{name: files[f"{{part}}/{{name}}"] for name in model.TENSORS}}
        for part in ("start", "first", "second")
    )
inputs = (images.reshape(len(images), -1) / 255 - model.MEAN) / model.STD


def loss_at(x, y):
    for name in model.TENSORS:
        model.TENSORS[name] = start[name] + x * first[name] + y * second[name]\
{_VARIANCES if has_variances else ""}
    logits = model.run(inputs, model.LAYERS)
    logits = logits - logits.max(axis=1, keepdims=True)
    right = logits[np.arange(len(labels)), labels]
    return (np.log(np.exp(logits).sum(axis=1)) - right).mean()


xs = np.linspace({_ends(xs)})
ys = np.linspace({_ends(ys)})
print(np.array([[loss_at(x, y) for x in xs] for y in ys]))
"""


def sheet_file(sheet: Sheet) -> bytes:
    """The content of sheet.npz: the network in the middle and both directions, tensor by tensor."""
    vectors = {"start": sheet.origin, "first": sheet.first, "second": sheet.second}
    return tensors_file(
        {
            f"{part}/{name}": tensor
            for part, vector in vectors.items()
            for name, tensor in _tensors(sheet.network, vector).items()
        }
    )


def _tensors(network: nn.Network, vector: Array) -> dict[str, Array]:
    """A vector of a sheet by the names of `Network.state_dict`."""
    end = network.num_parameters
    tensors = dict(network.views(vector[:end]))
    for name, buffer in network.named_buffers().items():
        tensors[name] = vector[end : end + buffer.size].reshape(buffer.shape)
        end += buffer.size
    return tensors


def _ends(values: Array) -> str:
    return f"{float(values[0])!r}, {float(values[-1])!r}, {len(values)}"
