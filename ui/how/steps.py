"""What the steps say. A word in [[w1|such brackets]] stands for the parts of the formula and of the
picture that carry the name before the bar; see ui/components/how_it_works/terms.js."""

import re
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
        "A neuron multiplies its [[x1 x2|inputs]] by its [[w1 w2|weights]], adds the products and "
        "a [[b|bias]], and bends the [[z|sum]] by an [[f|activation]]. On the [[line|line]] the "
        "sum is 0: the weights turn it, the bias moves it. For an image it is the same, with 784 "
        "[[xi|inputs]] and 784 [[wi|weights]].",
    ),
)
LAYER = Step(
    "layer",
    "A layer",
    (
        "A layer is many neurons that see the same [[x|inputs]]. The [[w|matrix]] W holds their "
        "weights, a row for each neuron. One matrix product, plus the [[b|biases]], gives all "
        "[[y|outputs]], for one image or for a batch of many: point at an output to see its sum.",
    ),
)
SOFTMAX = Step(
    "softmax",
    "Softmax and cross-entropy",
    (
        "The last layer gives a number for each class, its [[z|logit]]. Softmax raises e to each "
        "([[e|exponentials]]) and divides by their sum: [[p|probabilities]]. The [[loss|loss]] is "
        "−ln of the [[y|true class]]'s probability; its [[g|gradient]] at each logit is p − y: "
        "there backpropagation begins. A low [[T|temperature]] lets the winner take all.",
    ),
)
DESCENT = Step(
    "descent",
    "Gradient descent",
    (
        "The [[g|gradient]] points to where the [[loss|loss]] grows fastest. Each [[step|step]] "
        "goes against it, as far as the [[lr|learning rate]] says; too far, and it jumps over the "
        "valley, higher each time. With [[m|momentum]], earlier steps go on: zigzags cancel out. "
        "[[rmsprop|RMSprop]] and [[adam|Adam]] divide by each gradient's usual size. Drag the "
        "[[start|start]].",
    ),
)
BACKPROP = Step(
    "backprop",
    "Backpropagation",
    (
        "How much does the [[E|error]] change with [[weight|one weight]]? Each part on the way "
        "from the weight to the error has a [[factor|factor]]: how much what comes out of it "
        "changes with what goes in. Their product is the gradient: the chain rule. Going "
        "backwards, what is known already is used again.",
    ),
)

_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


def unmarked(words: tuple[str, ...], names: set[str]) -> tuple[str, ...]:
    """The same without brackets where nothing of these names is there to light up."""

    def plain(mark: re.Match[str]) -> str:
        return mark[2] if names.issuperset(mark[1].split()) else mark[0]

    return tuple(_MARK.sub(plain, text) for text in words)


STEPS = (NEURON, LAYER, SOFTMAX, DESCENT, BACKPROP)
