"""Parts of the code that is taken along, by the names of the set-up; see `numpy_code`."""

import base64
import textwrap

import numpy as np

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from nn.plane.features import FEATURES

ACTIVATIONS = {
    "relu": ("np.maximum(z, 0)", "(z > 0) * 1.0"),
    "leaky_relu": ("np.where(z > 0, z, 0.01 * z)", "np.where(z > 0, 1, 0.01)"),
    "tanh": ("np.tanh(z)", "1 - values**2"),
    "sigmoid": ("1 / (1 + np.exp(-z))", "values * (1 - values)"),
    "linear": ("z", "np.ones_like(z)"),
}
"""Values and slopes of an activation for its sum z; `gelu` is longer."""

GELU = '''
def gelu(z):
    """The values, and their slopes."""
    inner = np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
    t = np.tanh(inner)
    slope = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)
    return z * (1 + t) / 2, (1 + t + z * (1 - t**2) * slope) / 2
'''

LOSSES = {
    "squared": """
    difference = outputs - targets
    return (difference**2).sum() / 2 / len(outputs), difference / len(outputs)
""",
    "one_logit": """
    # targets 1 and 0; log(1 + exp(-|z|)) is safe for any logit z
    value = np.maximum(outputs, 0) - targets * outputs + np.log1p(np.exp(-np.abs(outputs)))
    probability = (1 + np.tanh(outputs / 2)) / 2
    return value.sum() / len(outputs), (probability - targets) / len(outputs)
""",
    "softmax": """
    # targets 1 at the class and 0 elsewhere
    z = outputs - outputs.max(axis=1, keepdims=True)
    sums = np.exp(z).sum(axis=1, keepdims=True)
    value = (np.log(sums) - (targets * z).sum(axis=1, keepdims=True)).sum() / len(outputs)
    return value, (np.exp(z) / sums - targets) / len(outputs)
""",
}
"""The bodies of `loss(outputs, targets)`: mean loss, and its gradient for each output."""

UPDATES = {
    "sgd": """
    memory["v"] = MOMENTUM * memory.get("v", 0) + g
    return theta - LEARNING_RATE * memory["v"]
""",
    "rmsprop": """
    memory["s"] = 0.99 * memory.get("s", 0) + 0.01 * g**2
    return theta - LEARNING_RATE * g / (np.sqrt(memory["s"]) + 1e-8)
""",
    "adagrad": """
    memory["s"] = memory.get("s", 0) + g**2
    return theta - LEARNING_RATE * g / (np.sqrt(memory["s"]) + 1e-10)
""",
    "adadelta": """
    memory["s"] = 0.9 * memory.get("s", 0) + 0.1 * g**2
    change = g * np.sqrt(memory.get("u", 0) + 1e-6) / np.sqrt(memory["s"] + 1e-6)
    memory["u"] = 0.9 * memory.get("u", 0) + 0.1 * change**2
    return theta - LEARNING_RATE * change
""",
    "adam": """
    memory["m"] = 0.9 * memory.get("m", 0) + 0.1 * g
    memory["v"] = 0.999 * memory.get("v", 0) + 0.001 * g**2
    m, v = memory["m"] / (1 - 0.9**step), memory["v"] / (1 - 0.999**step)
    return theta - LEARNING_RATE * m / (np.sqrt(v) + 1e-8)
""",
}
UPDATES["adamw"] = (
    "\n    theta = (1 - LEARNING_RATE * L2) * theta" + UPDATES["adam"]
)  # decoupled from g
"""The bodies of `update(theta, g, memory, step)`, as in `nn.optimizers`."""

TORCH_OPTIMIZERS = {
    "sgd": "torch.optim.SGD({}, momentum=MOMENTUM)",
    "rmsprop": "torch.optim.RMSprop({}, alpha=0.99, eps=1e-8)",
    "adagrad": "torch.optim.Adagrad({}, eps=1e-10)",
    "adadelta": "torch.optim.Adadelta({}, rho=0.9, eps=1e-6)",
    "adam": "torch.optim.Adam({}, betas=(0.9, 0.999), eps=1e-8)",
    "adamw": "torch.optim.AdamW({}, betas=(0.9, 0.999), eps=1e-8)",
}
TORCH_ACTIVATIONS = {
    "relu": "torch.nn.ReLU()",
    "leaky_relu": "torch.nn.LeakyReLU(0.01)",
    "tanh": "torch.nn.Tanh()",
    "sigmoid": "torch.nn.Sigmoid()",
    "gelu": 'torch.nn.GELU(approximate="tanh")',
}
TORCH_LOSSES = {
    "squared": "((outputs - targets) ** 2).sum() / 2 / len(outputs)",
    "one_logit": "torch.nn.functional.binary_cross_entropy_with_logits(outputs, targets)",
    "softmax": "torch.nn.functional.cross_entropy(outputs, targets)",
}

END = '''
def array(text, *shape):
    """Numbers that are written as base64 of their bytes, so that they are exactly the same."""
    return np.frombuffer(base64.b64decode(text), "<f8").reshape(shape)


# The points, what is to be said of them, and the weights to begin with.
{data}

if __name__ == "__main__":
    _, train_loss, test_loss = train()
    print(f"after {{EPOCHS}} epochs: training loss {{train_loss:.6f}}, test loss {{test_loss:.6f}}")
'''
"""What every program ends with, which has a function `train`."""


def loss_kind(config: PlaneConfig) -> str:
    """Which of `LOSSES` it has."""
    if config.loss == "squared":
        return "squared"
    return "one_logit" if config.classes == 2 else "softmax"


def _targets_for_loss(config: PlaneConfig, targets: np.ndarray) -> np.ndarray:
    """What the loss compares the outputs with, (n, outputs)."""
    if config.classes > 2:
        return np.eye(config.classes)[targets.astype(np.int64)]
    if loss_kind(config) == "one_logit":
        targets = (targets + 1) / 2
    return targets[:, np.newaxis].astype(np.float64)


def settings(config: PlaneConfig, epochs: int, train_count: int) -> str:
    """The constants at the top."""
    lines = [
        f"EPOCHS = {epochs}",
        f"LEARNING_RATE = {config.learning_rate!r}",
        f"BATCH_SIZE = {config.batch_size or train_count}",
        f"L1, L2 = {config.l1!r}, {config.l2!r}",
    ]
    if config.optimizer == "sgd":
        lines.append(f"MOMENTUM = {config.momentum!r}")
    lines += [
        f"SEED = {config.seed}  # of the order of the points",
        f"WIDTHS = {config.widths!r}",
    ]
    return "\n".join(lines)


def inputs_code(config: PlaneConfig) -> str:
    """The function that makes inputs of points."""
    codes = ", ".join(FEATURES[name].code for name in config.inputs)
    if len(codes) > 60:
        codes = codes.replace(", ", ",\n         ")
    return f'''def inputs(points):
    """What the network is told of points (n, 2)."""
    x1, x2 = points.T
    return np.stack([{codes}], axis=1)'''


def data_code(config: PlaneConfig, train: Points, test: Points, start: np.ndarray) -> str:
    """The arrays that a program needs."""
    arrays = {
        "TRAIN": train.x,
        "TRAIN_TARGETS": _targets_for_loss(config, train.targets),
        "TEST": test.x,
        "TEST_TARGETS": _targets_for_loss(config, test.targets),
        "START": start,
    }
    return "\n".join(_array_code(name, values) for name, values in arrays.items())


def _array_code(name: str, values: np.ndarray) -> str:
    """A line, or many, that make an array again, bit for bit."""
    text = base64.b64encode(np.ascontiguousarray(values, "<f8").tobytes()).decode()
    shape = ", ".join(map(str, values.shape))
    return f'{name} = array(\n    """\n' + textwrap.fill(text, 96) + f'\n""",\n    {shape},\n)'
