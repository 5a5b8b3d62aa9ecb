"""A network as a PyTorch program with its weights beside it."""

from collections.abc import Iterator

from nn.export import program_parts as parts
from nn.export.archive import archive
from nn.export.plan import Plan
from nn.export.steps import Step, all_steps, word_for

WORDS = {
    "Linear": "nn.Linear({layer.in_features}, {layer.out_features})",
    "Conv2d": "nn.Conv2d({layer.in_channels}, {layer.out_channels}, {layer.kernel_size})",
    "MaxPool2d": "nn.MaxPool2d(2)",
    "Flatten": "nn.Flatten()",
    "BatchNorm": "nn.BatchNorm1d({layer.num_features}, {layer.eps!r}, {layer.momentum!r})",
    "Dropout": "nn.Dropout({layer.p!r})",
    "Image": "ToImages({shape[0]}, {shape[1]})",
    "Row": "ToRows()",
    "Branches": "Sum",
    "ReLU": "nn.ReLU()",
    "LeakyReLU": "nn.LeakyReLU({layer.negative_slope!r})",
    "Tanh": "nn.Tanh()",
    "Sigmoid": "nn.Sigmoid()",
    "GELU": 'nn.GELU(approximate="tanh")',
}
"""By the kind of a step."""

_MODULES = {
    "Image": '''
class ToImages(nn.Module):
    """Rows (n, side * side * channels) become images (n, channels, side, side)."""

    def __init__(self, channels, side):
        super().__init__()
        self.channels, self.side = channels, side

    def forward(self, x):
        return x.reshape(-1, self.side, self.side, self.channels).permute(0, 3, 1, 2)
''',
    "Row": '''
class ToRows(nn.Module):
    """Images (n, channels, side, side) become rows, the channels of a place side by side."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)
''',
    "Branches": '''
class Sum(nn.ModuleList):
    """Networks that see the same, and whose outputs are added."""

    def forward(self, x):
        return sum(network(x) for network in self)
''',
}

_NETWORK = '''
class Network(nn.Module):
    """Images {batch} become logits {classes}, divided by TEMPERATURE: softmax makes
    probabilities of them."""

    def __init__(self):
        super().__init__()
        self.layers = {layers}

    def forward(self, images):
        return self.layers((images.flatten(1) - MEAN) / STD) / TEMPERATURE


def load():
    """The trained network."""
    network = Network()
    with np.load(Path(__file__).with_name("weights.npz")) as arrays:
        state = {{name: torch.from_numpy(arrays[name]).float() for name in arrays}}
    network.load_state_dict(state)
    return network.eval()


network = load()

'''

_PROBABILITIES = '''
@torch.no_grad()
def probabilities(images):
    """{classes} for images {batch}, NumPy arrays both."""
    images = np.asarray(images, np.float32)
    {logits}
    return logits.softmax(1).numpy()
'''
_ALONE = "logits = network(torch.from_numpy(images))"
_MEAN = """each = [network(torch.from_numpy(copy)) for copy in copies(images)]
    logits = torch.stack(each).mean(0)"""


def pytorch_file(plan: Plan) -> bytes:
    """A zip archive with model.py and weights.npz; ValueError for a layer of an unknown kind."""
    kinds = {step.kind for step in all_steps(plan.steps)}
    about = parts.docstring(
        plan,
        "A neural network for PyTorch, written by scratch-nn.",
        "    python model.py picture.png      or: from model import network, probabilities",
        "PyTorch and NumPy, and weights.npz beside it",
    )
    words = {"batch": parts.batch(plan), "classes": parts.classes(plan)}
    pieces = [
        about,
        "\nimport sys\nfrom pathlib import Path\n\n",
        "import numpy as np\nimport torch\nfrom torch import nn\n\n",
        parts.constants(plan),
        *("\n" + module for kind, module in _MODULES.items() if kind in kinds),
        "\n" + _NETWORK.format(layers=_sequential(plan.steps, 8), **words),
        parts.copies(plan),
        _PROBABILITIES.format(logits=_MEAN if plan.averaging else _ALONE, **words),
        "\n" + parts.picture(plan),
        "\n" + parts.MAIN,
    ]
    places = dict(_places(plan.steps, "layers"))
    tensors = {_name(name, places): tensor for name, tensor in plan.tensors.items()}
    return archive("".join(pieces), tensors)


def _sequential(steps: list[Step], indent: int) -> str:
    """The code of a Sequential, whose first line is indented already."""
    inner = " " * (indent + 4)
    lines = "".join(f"{inner}{_module(step, indent + 4)},\n" for step in steps)
    return f"nn.Sequential(\n{lines}{' ' * indent})"


def _module(step: Step, indent: int) -> str:
    word = word_for(step, WORDS, "PyTorch")
    if not step.rows:
        return word.format(layer=step.layer, shape=step.shape)
    inner = " " * (indent + 8)
    rows = "".join(f"{inner}{_sequential(row, indent + 8)},\n" for row in step.rows)
    return f"{word}(\n{' ' * (indent + 4)}[\n{rows}{' ' * (indent + 4)}]\n{' ' * indent})"


def _places(steps: list[Step], prefix: str) -> Iterator[tuple[str, str]]:
    """Where each layer is in the program, by its place in our network."""
    for index, step in enumerate(steps):
        yield step.place, f"{prefix}.{index}"
        for k, row in enumerate(step.rows):
            yield from _places(row, f"{prefix}.{index}.{k}")


def _name(name: str, places: dict[str, str]) -> str:
    """What a tensor of ours is called in the program."""
    place, _, part = name.rpartition(".")
    return f"{places[place]}.{part}"
