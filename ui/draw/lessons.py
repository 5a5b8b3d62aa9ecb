"""What a visitor has taught their own copy of a model; nobody else ever sees it.

The copy is in the server's memory and nowhere else, one a session: it ends with the session, by
`forget`, or when another model is taught; also when the server needs its room for those of others,
but then the lessons are still there, and with the next one it learns them all again. So it does
after a reload, for which the browser keeps the lessons (see `ui.draw.reload`).
"""

from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
import streamlit as st

import data
import nn
from nn.labels import DIGITS
from nn.training.blas_threads import one_thread
from ui.draw.copies import Copies
from ui.draw.lesson_line import LessonLine, Say
from ui.draw.verdict import kind_of
from ui.models.model_choice import ModelChoice
from ui.models.taught import name_copy
from ui.shared.counted import counted
from ui.shared.percent import percent

MOST_IMAGES = 20
"""So many of the visitor's images are kept, to be gone through again with each new one."""
SECONDS = 3.0
"""At most; it ends once it is learned, mostly within one, with a large ensemble within three."""
KNOWN_IMAGES = 500
TEST_IMAGES = 1000
MOST_PARAMETERS = 25_000_000
"""Of all copies on the server together: 100 MB."""

_SESSION_KEY = "lessons"
_ROUND_KEY = "lesson_round"
_copies = Copies(MOST_PARAMETERS)
# On one core, because on a busy computer several threads wait for each other more than they help;
# that goes for all that the server computes in this moment, answers to others too.
_line = LessonLine()
_right_answers: WeakKeyDictionary[nn.Network, dict[str, int]] = WeakKeyDictionary()
"""Of the models that were taught: how many test images of a dataset each reads right."""


@dataclass(frozen=True)
class Reading:
    """An answer and its probability."""

    label: str
    probability: float


@dataclass(frozen=True)
class Exam:
    """How many of the test images, `what`, the model reads right, and its copy now.

    own: whether they are of the dataset that the model learned from, and show what it forgot.
    """

    what: str
    own: bool
    alone: bool
    count: int
    before: int
    now: int


@dataclass(frozen=True, eq=False)
class Lessons:
    """What a visitor's copy of a model was taught in at least one lesson.

    model: the `ModelChoice.key` of the model it is a copy of.
    class_labels: what its classes are called.
    images, labels: (n, 28, 28) uint8 and (n,) what it was taught, oldest first.
    before, now: what it read in the last of them before that lesson, and what it reads now.
    """

    model: str
    class_labels: list[str]
    images: np.ndarray
    labels: np.ndarray
    before: Reading
    now: Reading
    exam: Exam

    @property
    def network(self) -> nn.Network | None:
        """The copy; None if the server needed its room for others."""
        return _copies.get(self)

    @property
    def words(self) -> str:
        """What it was taught and how well it does, to stand behind the name of the model."""
        count, one = len(self.images), kind_of(self.class_labels)
        score = percent(self.exam.now / self.exam.count, self.exam.count)
        return f"taught {counted(count, one)} by you · {score} of {self.exam.count:,} images"

    @property
    def right_label(self) -> str:
        """What the visitor called the last image."""
        return self.class_labels[int(self.labels[-1])]

    def is_last(self, image: np.ndarray) -> bool:
        """Whether the last lesson was about this image (28, 28) in [0, 1]."""
        return np.array_equal(self.images[-1], _as_bytes(image))


def session_lessons() -> Lessons | None:
    """What this visitor has taught, whichever model; None if nothing."""
    kept: Lessons | None = st.session_state.get(_SESSION_KEY)
    return kept


def lessons(choice: ModelChoice) -> Lessons | None:
    """What this visitor has taught this model; None if nothing."""
    kept = session_lessons()
    return kept if kept is not None and kept.model == choice.key else None


def own_network(choice: ModelChoice, network: nn.Network) -> nn.Network:
    """The visitor's copy of the model's network if there is one, else `network` itself."""
    kept = lessons(choice)
    return (kept and kept.network) or network


def lesson_round() -> int:
    """A number that grows with everything that this visitor's copy learns or forgets."""
    number: int = st.session_state.get(_ROUND_KEY, 0)
    return number


def forget() -> None:
    """Throw the copy away."""
    st.session_state.pop(_SESSION_KEY, None)
    name_copy(None)
    _next_round()


def rehearsal_dataset(choice: ModelChoice, network: nn.Network) -> str | None:
    """The dataset whose images are mixed into a lesson: the model's own if it is here, for digits
    also the built-in ones. None if there is nothing suitable: then nothing can be learned."""
    own = data.DATASETS.get(choice.dataset)
    if own and own.num_classes == network.num_classes and data.is_available(own.name):
        return own.name
    return "digits" if network.labels == DIGITS and data.is_available("digits") else None


def learn(
    choice: ModelChoice, network: nn.Network, image: np.ndarray, label: int, say: Say
) -> None:
    """Teach the visitor's copy of `network`, the model's own, that the image shows the label.

    Args:
        image: (28, 28) in [0, 1].
        label: index of the class.
        say: tells the visitor who learns first, and when it is their turn.

    Raises:
        data.DatasetNotFound: there is no `rehearsal_dataset`, or its files are damaged.
    """
    images, labels = _with_lesson(lessons(choice), _as_bytes(image), label)
    teach(choice, network, own_network(choice, network), images, labels, say)


def take_back(choice: ModelChoice, network: nn.Network, place: int, say: Say) -> None:
    """Teach a new copy of `network` all lessons but the one at this place; as `learn`."""
    kept = lessons(choice)
    if kept is None or len(kept.images) == 1:
        forget()
        return
    images, labels = (np.delete(array, place, axis=0) for array in (kept.images, kept.labels))
    teach(choice, network, network, images, labels, say)


def teach(
    choice: ModelChoice,
    network: nn.Network,
    current: nn.Network,
    images: np.ndarray,
    labels: np.ndarray,
    say: Say,
) -> None:
    """Make the visitor's copy of `network` one of `current` that has learned these, as `Lessons`
    holds them, and nothing else; raises what `learn` does."""
    name = rehearsal_dataset(choice, network)
    if name is None:
        raise data.DatasetNotFound(f"The images of {choice.dataset or 'the model'} are not here.")
    dataset = data.load(name)
    known = _sample(len(dataset.train_images), KNOWN_IMAGES, seed=len(images))
    with _line.turn(say), one_thread():
        taught = nn.fine_tune(
            current,
            images,
            labels,
            dataset.train_images[known],
            dataset.train_labels[known],
            seconds=SECONDS,
        )
        # By another copy: the work buffers for so many images would stay with this one.
        exam = _exam(dataset, network, taught.copy(), own=name == choice.dataset)
    kept = Lessons(
        choice.key,
        network.labels,
        images,
        labels,
        before=_read(current, images[-1]),
        now=_read(taught, images[-1]),
        exam=exam,
    )
    _copies.put(kept, taught)
    st.session_state[_SESSION_KEY] = kept
    name_copy(kept.model, kept.words)
    _next_round()


def _next_round() -> None:
    st.session_state[_ROUND_KEY] = lesson_round() + 1


def _with_lesson(kept: Lessons | None, image: np.ndarray, label: int) -> tuple[np.ndarray, ...]:
    """The images and labels of all lessons with the new one as the last."""
    images, labels = image[np.newaxis], np.array([label])
    if kept:
        # Told again what an image shows, one means the new answer.
        others = ~np.all(kept.images == image, axis=(1, 2))
        images = np.concatenate([kept.images[others], images])[-MOST_IMAGES:]
        labels = np.concatenate([kept.labels[others], labels])[-MOST_IMAGES:]
    return images, labels


def _exam(dataset: data.Dataset, original: nn.Network, taught: nn.Network, *, own: bool) -> Exam:
    chosen = _sample(len(dataset.test_images), TEST_IMAGES, seed=0)
    images, labels = dataset.test_images[chosen], dataset.test_labels[chosen]

    # Each image alone: averages would take many times as long, and compare no better.
    def right(network: nn.Network) -> int:
        answers = network.predict_logits(images, averaging=nn.ALONE).argmax(axis=1)
        return int(np.count_nonzero(answers == labels))

    known = _right_answers.setdefault(original, {})
    if dataset.info.name not in known:
        known[dataset.info.name] = right(original)
    before, now = known[dataset.info.name], right(taught)
    alone = bool(original.averaging)
    return Exam(f"{dataset.info.title} test images", own, alone, len(chosen), before, now)


@lru_cache(maxsize=4)
def _sample(size: int, most: int, *, seed: int) -> np.ndarray:
    """Positions of `most` of `size` images, or of all if they are not so many."""
    rng = np.random.default_rng(seed)
    return np.sort(rng.choice(size, min(size, most), replace=False))


def _read(network: nn.Network, image: np.ndarray) -> Reading:
    probabilities = network.predict_proba(image[np.newaxis])[0]
    best = int(probabilities.argmax())
    return Reading(network.labels[best], float(probabilities[best]))


def _as_bytes(image: np.ndarray) -> np.ndarray:
    """An image in [0, 1] as uint8, as datasets hold them."""
    return np.rint(255 * image).astype(np.uint8)
