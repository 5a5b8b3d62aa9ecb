"""The numbers of the view "Dream" once more, as lines of NumPy."""

import nn
from nn.explain.dreams import BLUR_EVERY
from nn.layers.row import row_widths
from ui.inside.copied_code import IMPORTS, ONE_IMAGE
from ui.inside.copied_gradient import gradient_code
from ui.inside.dream_choice import IMAGE, DreamChoice

_STARTS = {
    "black": "np.zeros((1, 784))",
    "grey": "np.full((1, 784), 0.5)",
    "noise": "rng.random((1, 784))",
}
_SMOOTH = """    squares = image.reshape(28, 28)
    bends = np.zeros((28, 28))
    down, right = np.diff(squares, axis=0), np.diff(squares, axis=1)
    bends[1:] += down
    bends[:-1] -= down
    bends[:, 1:] += right
    bends[:, :-1] -= right
    g -= {twice} * bends.reshape(1, -1)
"""
_JITTER = """    move = rng.integers(-{most}, {most} + 1, 2)
    moved = np.roll(image.reshape(28, 28), move, (0, 1)).reshape(1, -1)
    g = np.roll(uphill(moved).reshape(28, 28), -move, (0, 1)).reshape(1, -1)
"""
_BLUR = f"""    if step % {BLUR_EVERY} == {BLUR_EVERY - 1}:
        image = (blur @ image.reshape(28, 28) @ blur.T).clip(0, 1).reshape(1, -1)
"""
_BLUR_WEIGHTS = """apart = np.arange(28)[:, None] - np.arange(28)
blur = np.exp(-0.5 * (apart / {width}) ** 2)
blur /= blur.sum(axis=1, keepdims=True)
"""


def dream_code(network: nn.Network, choice: DreamChoice) -> str:
    """Lines that print what the neuron says to each frame."""
    settings, unit = choice.settings, choice.neuron
    start = ONE_IMAGE if choice.start == IMAGE else f"image = {_STARTS[choice.start]}\n"
    width = row_widths(network.layers, network.in_features)[choice.layer.place + 1]
    twice = 2 / (width // choice.layer.units)  # the penalties of filters: see `nn.explain.dreams`
    smooth = _SMOOTH.format(twice=twice * settings.total_variation)
    step = _JITTER.format(most=settings.jitter) if settings.jitter else "    g = uphill(image)\n"
    return f"""{IMPORTS}
rng = np.random.default_rng({settings.seed})
{start}
{gradient_code(network, choice.layer.place)}

def slopes(values):
    s = np.zeros(values.shape)
    s[:, {unit}] = 1 / values[0, {unit}].size  # of a filter the mean over its places
    return s


def uphill(image):
    g = gradients(image, slopes) - {twice * settings.l2} * image
{smooth if settings.total_variation else ""}    return g


{_BLUR_WEIGHTS.format(width=settings.blur) if settings.blur else ""}frames = [image]
for step in range({settings.steps}):
{step}    length = {settings.rate} * (1 - step / {settings.steps})
    image = np.clip(image + length * g / max(np.linalg.norm(g), 1e-30), 0, 1)
{_BLUR if settings.blur else ""}    frames.append(image)
inputs = (np.concatenate(frames) - model.MEAN) / model.STD
values = model.run(inputs, LAYERS)[:, {unit}]
print(values.reshape(len(values), -1).mean(axis=1))
"""
