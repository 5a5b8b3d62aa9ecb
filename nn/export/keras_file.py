"""A network as a program for Keras 3, on any of its backends, with its weights beside it."""

from collections.abc import Iterator

from nn.export import program_parts as parts
from nn.export.archive import archive
from nn.export.plan import Array, Plan
from nn.export.steps import Step, all_steps, word_for

_LAST = 'data_format="channels_last"'
WORDS = {
    "Linear": 'layers.Dense({layer.out_features}, name="{name}")',
    "Conv2d": "layers.Conv2D({layer.out_channels}, {layer.kernel_size}, "
    + _LAST
    + ', name="{name}")',
    "MaxPool2d": f"layers.MaxPooling2D(2, {_LAST})",
    "Flatten": "layers.Reshape({shape})",
    "BatchNorm": "layers.BatchNormalization("
    'momentum={momentum!r}, epsilon={layer.eps!r}, name="{name}")',
    "Dropout": "layers.Dropout({layer.p!r})",
    "Image": "layers.Reshape({shape})",
    "Row": "layers.Reshape({shape})",
    "Branches": "",
    "ReLU": "layers.ReLU()",
    "LeakyReLU": "layers.LeakyReLU(negative_slope={layer.negative_slope!r})",
    "Tanh": 'layers.Activation("tanh")',
    "Sigmoid": 'layers.Activation("sigmoid")',
    "GELU": "layers.Activation(gelu)",
}
"""By the kind of a step. Images have their channels last, so that they lie as in our rows."""

TENSORS: dict[str, dict[str, tuple[str, tuple[int, ...]]]] = {
    "Linear": {"weight": ("kernel", (1, 0)), "bias": ("bias", (0,))},
    "Conv2d": {"weight": ("kernel", (2, 3, 1, 0)), "bias": ("bias", (0,))},
    "BatchNorm": {
        "weight": ("gamma", (0,)),
        "bias": ("beta", (0,)),
        "running_mean": ("moving_mean", (0,)),
        "running_var": ("moving_variance", (0,)),
    },
}
"""What Keras calls a layer's tensors, and the order of their axes there."""

_GELU = """
@keras.saving.register_keras_serializable("scratch_nn")
def gelu(x):
    return keras.activations.gelu(x, approximate=True)
"""

_IMPORTS = """import numpy as np

try:
    import keras
    from keras import layers
except ImportError as error:
    words = "Keras can't be used ({}). It needs TensorFlow, or PyTorch or JAX: then set the "
    words += "environment variable KERAS_BACKEND to torch or jax before Python starts."
    raise ImportError(words.format(error)) from None

"""

_NETWORK = '''
def build():
    """Images {batch} become logits {classes}, divided by TEMPERATURE: softmax makes
    probabilities of them."""
    images = keras.Input({shape}, name="image")
    x = layers.Rescaling(1 / STD, -MEAN / STD)(images)
    x = layers.Reshape(({values},))(x)
{lines}
    return keras.Model(images, layers.Rescaling(1 / TEMPERATURE, name="logits")(x))


def load():
    """The trained network."""
    network = build()
    with np.load(Path(__file__).with_name("weights.npz")) as arrays:
        for layer in network.layers:
            names = [f"{{layer.name}}.{{weight.name}}" for weight in layer.weights]
            layer.set_weights([arrays[name].astype(np.float32) for name in names])
    return network


network = load()

'''

_PROBABILITIES = '''
def probabilities(images):
    """{classes} for images {batch}, NumPy arrays both."""
    images = np.asarray(images, np.float32)
    {logits}
    return keras.ops.convert_to_numpy(keras.ops.softmax(logits))
'''
_ALONE = "logits = network(images, training=False)"
_MEAN = """each = [network(copy, training=False) for copy in copies(images)]
    logits = sum(each) / len(each)"""


def keras_file(plan: Plan) -> bytes:
    """A zip archive with model.py and weights.npz; ValueError for a layer of an unknown kind."""
    kinds = {step.kind for step in all_steps(plan.steps)}
    about = parts.docstring(
        plan,
        "A neural network for Keras 3, written by scratch-nn.",
        "    python model.py picture.png      or: from model import network, probabilities",
        "Keras with a backend (where that isn't TensorFlow, KERAS_BACKEND=torch or jax in the\n"
        "environment chooses it), NumPy, and weights.npz beside it",
    )
    words = {"batch": parts.batch(plan), "classes": parts.classes(plan)}
    network = _NETWORK.format(
        shape=plan.shape, values=plan.values, lines="\n".join(_lines(plan.steps)), **words
    )
    pieces = [
        about,
        "\nimport sys\nfrom pathlib import Path\n\n",
        _IMPORTS,
        parts.constants(plan),
        "\n" + _GELU if "GELU" in kinds else "",
        "\n" + network,
        parts.copies(plan),
        _PROBABILITIES.format(logits=_MEAN if plan.averaging else _ALONE, **words),
        "\n" + parts.picture(plan),
        "\n" + parts.MAIN,
    ]
    return archive("".join(pieces), dict(_tensors(plan)))


def _lines(steps: list[Step]) -> Iterator[str]:
    """The lines of code that go through the steps with the values x."""
    for step in steps:
        word = word_for(step, WORDS, "Keras")
        if step.rows:
            yield from _rows(step)
            continue
        if step.kind == "Flatten":
            yield "    x = layers.Permute((3, 1, 2))(x)"
        shape = step.shape
        if step.kind == "Image":
            channels, side = shape
            shape = side, side, channels
        code = word.format(
            layer=step.layer,
            name=_name(step.place),
            shape=shape,
            momentum=1 - getattr(step.layer, "momentum", 0),
        )
        yield f"    x = {code}(x)"


def _rows(step: Step) -> Iterator[str]:
    names = [f"{_name(step.place)}_row_{k}" for k in range(len(step.rows))]
    yield f"    {_name(step.place)} = x"
    for name, row in zip(names, step.rows, strict=True):
        yield f"    x = {_name(step.place)}"
        yield from _lines(row)
        yield f"    {name} = x"
    if len(names) > 1:
        yield f"    x = layers.Add()([{', '.join(names)}])"


def _name(place: str) -> str:
    return f"layer_{place.replace('.', '_')}"


def _tensors(plan: Plan) -> Iterator[tuple[str, Array]]:
    """The tensors by Keras' names, and with its order of axes."""
    kinds = {step.place: step.kind for step in all_steps(plan.steps)}
    for name, tensor in plan.tensors.items():
        place, _, part = name.rpartition(".")
        keras_part, axes = TENSORS[kinds[place]][part]
        yield f"{_name(place)}.{keras_part}", tensor.transpose(axes)
