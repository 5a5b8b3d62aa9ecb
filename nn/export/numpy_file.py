"""A network as one program that needs NumPy alone: some sixty lines to read, then the weights."""

import base64
import textwrap

from nn.export import program_parts as parts
from nn.export.plan import Plan
from nn.export.steps import SETTINGS, Step, all_steps, word_for
from nn.export.weights import npz

FUNCTIONS = {
    "Linear": """
def linear(x, name):
    return x @ TENSORS[f"{name}.weight"].T + TENSORS[f"{name}.bias"]
""",
    "Image": """
def image(x, channels, side):
    return x.reshape(-1, side, side, channels).transpose(0, 3, 1, 2)
""",
    "Row": """
def row(x):
    return x.transpose(0, 2, 3, 1).reshape(len(x), -1)
""",
    "Flatten": """
def flatten(x):
    return x.reshape(len(x), -1)
""",
    "Conv2d": """
def conv2d(x, name):
    weight = TENSORS[f"{name}.weight"]  # (filters, channels, rows, columns)
    patches = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    y = np.tensordot(patches, weight, axes=((1, 4, 5), (1, 2, 3))) + TENSORS[f"{name}.bias"]
    return y.transpose(0, 3, 1, 2)
""",
    "MaxPool2d": """
def max_pool2d(x):
    half = x.shape[2] // 2
    return x[:, :, : 2 * half, : 2 * half].reshape(*x.shape[:2], half, 2, half, 2).max(axis=(3, 5))
""",
    "BatchNorm": """
def batch_norm(x, name, eps):
    scale = TENSORS[f"{name}.weight"] / np.sqrt(TENSORS[f"{name}.running_var"] + eps)
    return (x - TENSORS[f"{name}.running_mean"]) * scale + TENSORS[f"{name}.bias"]
""",
    "Branches": """
def branches(x, *rows):
    return sum(run(x, layers) for layers in rows)
""",
    "ReLU": """
def relu(x):
    return np.maximum(x, 0)
""",
    "LeakyReLU": """
def leaky_relu(x, slope):
    return np.where(x > 0, x, slope * x)
""",
    "Tanh": """
def tanh(x):
    return np.tanh(x)
""",
    "Sigmoid": """
def sigmoid(x):
    return (1 + np.tanh(x / 2)) / 2
""",
    "GELU": """
def gelu(x):
    return x * (1 + np.tanh((2 / np.pi) ** 0.5 * (x + 0.044715 * x**3))) / 2
""",
}
"""By the kind of a step; a layer's entry in LAYERS is the function and its arguments."""

_RUN = """
def run(x, layers):
    for layer, *arguments in layers:
        x = layer(x, *arguments)
    return x
"""

_PROBABILITIES = '''
def probabilities(images):
    """{classes} for images {batch}."""
    images = np.asarray(images, np.float32).reshape(-1, {shape})
    {logits}
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / TEMPERATURE)
    return powers / powers.sum(axis=1, keepdims=True)
'''
_ALONE = "logits = run((images.reshape(len(images), -1) - MEAN) / STD, LAYERS)"
_MEAN = """each = [copy.reshape(len(copy), -1) for copy in copies(images)]
    logits = np.mean([run((copy - MEAN) / STD, LAYERS) for copy in each], axis=0)"""

MARKER = "# The weights: an .npz file as text. There is nothing to read here."
_TENSORS = """
{marker}
WEIGHTS = \"\"\"
{text}
\"\"\"
with np.load(io.BytesIO(base64.b64decode(WEIGHTS))) as arrays:
    TENSORS = {{name: arrays[name].astype(np.float32) for name in arrays}}
"""


def numpy_file(plan: Plan) -> bytes:
    """The program, which can be run and imported; ValueError for a layer of an unknown kind."""
    kinds = dict.fromkeys(step.kind for step in all_steps(plan.steps))
    functions = [word_for(Step(kind), FUNCTIONS | {"Dropout": ""}, "NumPy") for kind in kinds]
    about = parts.docstring(
        plan,
        "A neural network in NumPy alone, written by scratch-nn.",
        "    python THIS_FILE picture.png     or import it and call probabilities(images)",
        "NumPy",
    )
    shape = ", ".join(map(str, plan.shape))
    logits = _MEAN if plan.averaging else _ALONE
    pieces = [
        about,
        "\nimport base64\nimport io\nimport sys\n\nimport numpy as np\n\n",
        parts.constants(plan),
        *("\n" + function for function in functions if function),
        "\n" + _RUN,
        f"\n\nLAYERS = {_layers(plan.steps)}\n\n",
        parts.copies(plan),
        _PROBABILITIES.format(
            classes=parts.classes(plan), batch=parts.batch(plan), shape=shape, logits=logits
        ),
        "\n" + parts.picture(plan),
        "\n" + _TENSORS.format(marker=MARKER, text=_text(npz(plan.tensors))),
        parts.MAIN,
    ]
    return "".join(pieces).encode()


def _layers(steps: list[Step]) -> str:
    """The list of layers as code, in lines that are not too long."""
    text = _list(steps)
    if len(text) < 88:
        return text
    lines = textwrap.wrap(text[1:-1], 95, break_long_words=False, break_on_hyphens=False)
    return "[\n    " + "\n    ".join(lines) + ",\n]"


def _list(steps: list[Step]) -> str:
    return f"[{', '.join(_entry(step) for step in steps if step.kind != 'Dropout')}]"


def _entry(step: Step) -> str:
    name = FUNCTIONS[step.kind].split("(")[0].split()[-1]
    arguments: list[object] = []
    if step.kind in ("Linear", "Conv2d", "BatchNorm"):
        arguments.append(repr(step.place))
    if step.kind in SETTINGS:
        arguments.append(getattr(step.layer, SETTINGS[step.kind]))
    if step.kind == "Image":
        arguments += step.shape
    arguments += map(_list, step.rows)
    return f"({', '.join(map(str, [name, *arguments]))}{',' if not arguments else ''})"


def _text(content: bytes) -> str:
    """Bytes as base64, in lines."""
    text = base64.b64encode(content).decode()
    return "\n".join(text[start : start + 100] for start in range(0, len(text), 100))
