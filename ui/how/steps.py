"""What the steps say. A word in [[w1|such brackets]] stands for the parts of the formula and of the
picture that carry the name before the bar; see ui/components/how_it_works/terms.js."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step.

    key: of its component and its anchor.
    title: its heading.
    words: paragraphs; at most 60 words together.
    """

    key: str
    title: str
    words: tuple[str, ...]


NEURON = Step(
    "neuron",
    "A neuron",
    (
        "A neuron weighs its [[x|inputs]], adds a [[b|bias]], and bends the [[z|sum]] by an "
        "[[f|activation]]. The [[w|weights]] turn the line on which the sum is 0, the bias moves "
        "it.",
    ),
)
LAYER = Step(
    "layer",
    "A layer",
    (
        "Many neurons look at the same [[x|inputs]]. Their weights lie below each other in a "
        "[[w|matrix]], one row for each neuron, and one matrix product gives all [[y|outputs]].",
    ),
)
SOFTMAX = Step(
    "softmax",
    "Softmax and cross-entropy",
    (
        "The last layer gives a number for each class, its [[z|logit]]. Softmax makes "
        "[[p|probabilities]] of them. The [[loss|loss]] is small where the true class has a high "
        "one.",
    ),
)
DESCENT = Step(
    "descent",
    "Gradient descent",
    (
        "The [[g|gradient]] points to where the loss grows fastest. A step against it, as long as "
        "the [[lr|learning rate]] says, makes the loss smaller. Too long a step jumps over the "
        "valley.",
    ),
)
BACKPROP = Step(
    "backprop",
    "Backpropagation",
    (
        "How much does the [[e|error]] change with one weight? Multiply what each part on the way "
        "from the weight to the error does: that is the chain rule. Backwards, each factor is "
        "computed once.",
    ),
)

STEPS = (NEURON, LAYER, SOFTMAX, DESCENT, BACKPROP)
