"""The landscape's numbers once more, as lines of NumPy, and the file of the sheet they read."""

import numpy as np

import nn
from nn.landscape.sheet import Sheet
from ui.inside.copied_code import IMPORTS, tensors_file
from ui.inside.copied_moments import MOMENTS

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


def loss():
    logits = model.run(inputs, model.LAYERS)
    logits = logits - logits.max(axis=1, keepdims=True)
    right = logits[np.arange(len(labels)), labels]
    return (np.log(np.exp(logits).sum(axis=1)) - right).mean()


def loss_at(x, y):
    for name in model.TENSORS:
        model.TENSORS[name] = start[name] + x * first[name] + y * second[name]\
{_VARIANCES if has_variances else ""}
    return loss()


xs = np.linspace({_ends(xs)})
ys = np.linspace({_ends(ys)})
print(np.array([[loss_at(x, y) for x in xs] for y in ys]))
"""


def path_code() -> str:
    """Lines behind these that print, for each moment of the path: step, x and y of the nearest
    point on the sheet, how far from it the network is, its own loss and that of the point."""
    return f"""

def vector(tensors):  # of all weights; running statistics are none
    weights = [tensors[name] for name in tensors if ".running_" not in name]
    return np.concatenate([tensor.ravel() for tensor in weights]).astype(float)


with np.load("{MOMENTS}") as files:  # the weights of each moment: (moments, ...) by their names
    moments = {{name: files[name] for name in files}}
directions = np.stack([vector(first), vector(second)])
for k, step in enumerate(moments.pop("step")):
    tensors = {{name: values[k].astype(np.float32) for name, values in moments.items()}}
    apart = vector(tensors) - vector(start)
    x, y = np.linalg.solve(directions @ directions.T, directions @ apart)
    distance = np.linalg.norm(apart - [x, y] @ directions)
    model.TENSORS.update(tensors)
    print(step, x, y, distance, loss(), loss_at(x, y))
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
