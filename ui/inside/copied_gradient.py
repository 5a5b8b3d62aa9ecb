"""Lines of NumPy for a gradient, for the copied lines of views: they send it back through `model`,
layer by layer."""

import nn
from ui.inside.copied_code import steps_to

_BACK = {
    "Linear": """
def linear_backward(g, x, name):
    return g @ model.TENSORS[f"{name}.weight"]
""",
    "Image": """
def image_backward(g, x, channels, side):
    return g.transpose(0, 2, 3, 1).reshape(len(g), -1)
""",
    "Row": """
def row_backward(g, x):
    return g.reshape(len(x), *x.shape[2:], x.shape[1]).transpose(0, 3, 1, 2)
""",
    "Flatten": """
def flatten_backward(g, x):
    return g.reshape(x.shape)
""",
    "Conv2d": """
def conv2d_backward(g, x, name):
    weight = model.TENSORS[f"{name}.weight"]  # (filters, channels, rows, columns)
    edge = weight.shape[2] - 1
    wide = np.pad(g, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    patches = np.lib.stride_tricks.sliding_window_view(wide, weight.shape[2:], axis=(2, 3))
    turned = weight[:, :, ::-1, ::-1]
    return np.tensordot(patches, turned, axes=((1, 4, 5), (0, 2, 3))).transpose(0, 3, 1, 2)
""",
    "MaxPool2d": """
def max_pool2d_backward(g, x):
    count, channels, half = len(x), x.shape[1], x.shape[2] // 2
    tiles = x[:, :, : 2 * half, : 2 * half].reshape(count, channels, half, 2, half, 2)
    tiles = tiles.transpose(0, 1, 2, 4, 3, 5).reshape(count, channels, half, half, 4)
    shares = np.eye(4)[tiles.argmax(axis=4)] * g[..., None]
    shares = shares.reshape(count, channels, half, half, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    back = np.zeros(x.shape)
    back[:, :, : 2 * half, : 2 * half] = shares.reshape(count, channels, 2 * half, 2 * half)
    return back
""",
    "BatchNorm": """
def batch_norm_backward(g, x, name, eps):
    variance = model.TENSORS[f"{name}.running_var"]
    return g * model.TENSORS[f"{name}.weight"] / np.sqrt(variance + eps)
""",
    "ReLU": """
def relu_backward(g, x):
    return g * (x > 0)
""",
    "LeakyReLU": """
def leaky_relu_backward(g, x, slope):
    return g * np.where(x > 0, 1, slope)
""",
    "Tanh": """
def tanh_backward(g, x):
    return g * (1 - np.tanh(x) ** 2)
""",
    "Sigmoid": """
def sigmoid_backward(g, x):
    return g * model.sigmoid(x) * (1 - model.sigmoid(x))
""",
    "GELU": """
def gelu_backward(g, x):
    c = (2 / np.pi) ** 0.5
    t = np.tanh(c * (x + 0.044715 * x**3))
    return g * ((1 + t) / 2 + x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2) / 2)
""",
}
"""By the kind of a step, as in `nn.export.numpy_file`: the gradient g for what comes out of a layer
becomes that for what goes in, x; each is called after its function there."""

_THROUGH = '''
def gradients(images, slopes):
    """Of a number, for the pixels of images (n, pixels); `slopes` are those for what comes out."""
    values = [(images - model.MEAN) / model.STD]
    for layer, *arguments in LAYERS:
        values.append(layer(values[-1], *arguments))
    g = slopes(values.pop())
    for layer, *arguments in reversed(LAYERS):
        g = globals()[f"{layer.__name__}_backward"](g, values.pop(), *arguments)
    return g / model.STD
'''


def gradient_code(network: nn.Network, place: int | None = None) -> str:
    """Lines that make `LAYERS`, up to the layer at `place`, and the function `gradients(images,
    slopes)`: of a number that depends on what these give, and whose gradient for that is
    `slopes(values)`. `values` are rows (n, width), behind a convolution (n, filters, side, side).
    """
    steps, _ = steps_to(network, len(network.layers) - 1 if place is None else place)
    kinds = dict.fromkeys(step.kind for step in steps)
    functions = "\n".join(_BACK[kind] for kind in kinds)
    return f"{functions}\n{_THROUGH}\n\nLAYERS = model.LAYERS[:{len(steps)}]\n"
