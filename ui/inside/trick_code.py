"""The numbers of the view "Trick" once more, as lines of NumPy."""

import nn
from ui.inside.copied_code import IMPORTS, ONE_IMAGE
from ui.inside.copied_gradient import gradient_code
from ui.inside.trick_choice import TrickChoice
from ui.inside.trick_work import FGSM, STEPS

_ONE_STEP = """changed = np.clip(image + strengths * np.sign(gradients(image, slopes)), 0, 1)
"""
_STEPS = f"""changed = np.repeat(image, len(strengths), axis=0)
for _ in range({STEPS}):
    changed += {2.5 / STEPS} * strengths * np.sign(gradients(changed, slopes))
    changed = np.clip(changed, image - strengths, image + strengths).clip(0, 1)
"""


def trick_code(network: nn.Network, choice: TrickChoice) -> str:
    """Lines that print the probabilities (strengths, classes) for the trick, and for the noise."""
    goal = choice.goal
    label, sign = (goal.label, "") if goal.target is None else (goal.target, "-")
    return f"""{IMPORTS}
{ONE_IMAGE}strengths = np.arange(31)[:, None] / 100

{gradient_code(network)}

def slopes(logits):
    \"\"\"Of log((1 - p) / p){", turned round," if sign else ""} with p the probability of class \
{label}.\"\"\"
    scaled = logits / model.TEMPERATURE
    scaled[:, {label}] = -np.inf
    p = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[:, {label}] = -1
    return {sign}p


{_ONE_STEP if choice.how == FGSM else _STEPS}
signs = np.random.default_rng({choice.seed}).choice([-1.0, 1.0], image.shape)
noise = np.clip(image + strengths * signs, 0, 1)
print(model.probabilities(changed))
print(model.probabilities(noise))
"""
