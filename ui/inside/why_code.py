"""The numbers of the view "Why" once more, as lines of NumPy."""

import nn
from nn.explain.attribution import FILLS
from ui.inside.copied_code import IMPORTS, ONE_IMAGE
from ui.inside.copied_gradient import gradient_code
from ui.inside.why_maps import Question

_STEPS, _POINTS = 64, 25


def why_code(network: nn.Network, question: Question) -> str:
    """Lines that print for each of the three maps the pixels' shares, what they add up to, and the
    probability while the pixels turn black that it names."""
    half, target, contrast = question.patch // 2, question.target, question.contrast
    less = "" if contrast is None else f"weights[{contrast}] = -1\n"
    return f"""{IMPORTS}
{ONE_IMAGE}weights = np.zeros({network.num_classes})
weights[{target}] = 1
{less}
{gradient_code(network)}

def slopes(logits):
    return np.tile(weights, (len(logits), 1))


def value(images):
    return model.run((images - model.MEAN) / model.STD, LAYERS) @ weights


way = (np.arange({_STEPS})[:, None] + 0.5) / {_STEPS}
covered = np.repeat(image, 784, axis=0)
for place, one in enumerate(covered.reshape(-1, 28, 28)):
    row, column = divmod(place, 28)
    above, left = max(0, row - {half}), max(0, column - {half})
    one[above : row + {half + 1}, left : column + {half + 1}] = {FILLS[question.fill]}
maps = {{
    "gradient x input": (image * gradients(image, slopes))[0],
    "integrated gradients": image[0] * gradients(way * image, slopes).mean(axis=0),
    "occlusion": np.concatenate([value(image) - value(some) for some in np.split(covered, 8)]),
}}
print(value(image), value(0 * image))
for name, shares in maps.items():
    order = (-shares).argsort(kind="stable")
    order = order[image[0, order] > 0]
    images = np.repeat(image, {_POINTS}, axis=0)
    for one, share in zip(images, np.linspace(0, 1, {_POINTS})):
        one[order[: round(share * len(order))]] = 0
    print(name, shares.sum())
    print(shares.reshape(28, 28))
    print(model.probabilities(images)[:, {target}])
"""
