"""The set-ups: what fails, and what differs from it in one thing and does not."""

from dataclasses import dataclass, replace

from nn.training.config import TrainingConfig

_SMALL = TrainingConfig(dataset="digits", hidden=(16, 16), learning_rate=0.02, epochs=30, seed=2)
_DEEP = replace(_SMALL, hidden=(16,) * 6, seed=1)

RECORDED = {
    "healthy": _SMALL,
    "learning-rate-5": replace(_SMALL, learning_rate=5.0),
    "all-zero-weights": replace(_SMALL, initializer="zeros"),
    "weights-x-10": replace(_SMALL, init_scale=10.0),
    "six-relu-layers": _DEEP,
    "six-sigmoid-layers": replace(_DEEP, activation="sigmoid"),
}
"""The settings of each recording, by its name, which is that of its folder too."""


@dataclass(frozen=True)
class Failure:
    """A training that goes wrong.

    name: of its recording.
    title: what pages call it.
    see: what there is to see, in a sentence.
    twin: name of the recording of its healthy twin; failures may have the same one.
    twin_title: what pages call the twin, beside this failure.
    """

    name: str
    title: str
    see: str
    twin: str
    twin_title: str

    @property
    def config(self) -> TrainingConfig:
        """The settings that fail."""
        return RECORDED[self.name]

    @property
    def twin_config(self) -> TrainingConfig:
        """The settings of the healthy twin."""
        return RECORDED[self.twin]


FAILURES = (
    Failure(
        name="six-sigmoid-layers",
        title="Six sigmoid layers",
        see="On the way back the gradients' spread shrinks, to less than a hundredth in the first "
        "two layers: in 30 epochs the weights of the first four move by less than 1 %, those of "
        "layer 2 least of all, and the answers stay guesses.",
        twin="six-relu-layers",
        twin_title="Six ReLU layers",
    ),
    Failure(
        name="learning-rate-5",
        title="Learning rate 5",
        see="The first steps overshoot: the loss begins at more than 50,000; from step 8 on "
        "every hidden neuron is 0 for all images, and nothing moves any more but the last biases.",
        twin="healthy",
        twin_title="Learning rate 0.02",
    ),
    Failure(
        name="all-zero-weights",
        title="All-zero weights",
        see="Every hidden neuron is 0 for all images, so that no weight gets a gradient: only the "
        "last biases move, and all images get the same answer.",
        twin="healthy",
        twin_title="Random weights",
    ),
    Failure(
        name="weights-x-10",
        title="Weights × 10",
        see="The first answers are sure and wrong, with a loss of more than 500; 2 steps throw 13 "
        "of the 16 neurons of the first layer to 0 for all images, where no gradient reaches them; "
        "by the end they are 15.",
        twin="healthy",
        twin_title="Weights × 1",
    ),
)
