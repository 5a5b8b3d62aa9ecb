"""What may truly be said of a network's answer: that it is sure, not sure, or at a loss."""

from collections.abc import Sequence

import numpy as np

import nn
from nn.evaluation.calibration import MIN_IMAGES
from nn.evaluation.familiarity import UNFAMILIAR_SHARE
from ui.shared.percent import probability_percent

SURE_PROBABILITY = 0.8
"""From this probability on an answer counts as sure: of images like those that the network was
calibrated on, one in five is the most that may be read wrong."""

UNREADABLE = "?"
BETWEEN_ROWS = " / "
"""Where several rows are said in one."""
_WORTH_A_WORD = 0.05


def verdict(
    probabilities: np.ndarray,
    labels: Sequence[str],
    known: np.ndarray | None = None,
    points: Sequence[int] = (),
    breaks: Sequence[int] = (),
    spaces: Sequence[int] = (),
) -> tuple[str, str]:
    """The answer as it is shown large, and in words how much it is worth.

    A text that the network is not sure of has a "?" behind it. A character that is not `known`
    stands for itself where most others are, or where it is alone and the network would be sure of
    it; else it is shown as "?".

    Args:
        probabilities: (n, classes) of n > 0 characters. They are taken as independent of one
            another: the probability of a text is the product of those of its characters.
        labels: what the classes are called.
        known: (n,) as in `ui.draw.reading.Recognition`.
        points: how many characters stand before each decimal point.
        breaks: how many stand before each new row but the first; the answer has lines for them.
        spaces: how many stand before each space between two numbers in a row.
    """

    def joined(characters: Sequence[str]) -> str:
        return _joined(characters, points, breaks, spaces)

    def in_words(characters: Sequence[str]) -> str:
        return joined(characters).replace("\n", BETWEEN_ROWS)

    text, probability, other = _best_texts(probabilities, labels)
    shown = shown_characters(probabilities, labels, known)
    unusual = [] if known is None else [shown[place] for place in np.flatnonzero(~known)]
    share = probability_percent(probability)
    if len(text) == 1 and unusual:
        words = f"Hardly a {kind_of(labels)}. If it is one: {text[0]} ({share})"
        return shown[0] if shown[0] == UNREADABLE else f"{shown[0]}{UNREADABLE}", words
    if UNREADABLE in shown:
        words = f"“{UNREADABLE}” is hardly a {kind_of(labels)}. If it is one: {in_words(text)}"
        return joined(shown), f"{words} ({share})"
    or_else = ""
    if other and other[1] >= _WORTH_A_WORD:
        or_else = f", or else {in_words(other[0])} ({probability_percent(other[1])})"
    if unusual:
        or_else += f". Unusual: {', '.join(unusual)}"
    if probability < SURE_PROBABILITY:
        return f"{joined(text)}?", f"Not sure: {share}{or_else}"
    return joined(text), f"{share} sure{or_else}"


def shown_characters(
    probabilities: np.ndarray, labels: Sequence[str], known: np.ndarray | None
) -> list[str]:
    """What each character is shown as, see `verdict`, which has the same arguments."""
    characters = [labels[best] for best in probabilities.argmax(axis=1)]
    if known is None or 2 * np.count_nonzero(known) >= len(known) > 1:
        return characters
    readable = known | (len(known) == 1 and probabilities.max(axis=1) >= SURE_PROBABILITY)
    return [
        character if is_readable else UNREADABLE
        for character, is_readable in zip(characters, readable, strict=True)
    ]


def meaning(network: nn.Network, *, taught: bool = False) -> str:
    """What the words of a verdict mean for this network, in Markdown.

    `taught` is for a visitor's own copy of a model, which has learned since it was calibrated.
    """
    least = f"{100 * SURE_PROBABILITY:.0f}\N{NO-BREAK SPACE}%"
    kind = kind_of(network.labels)
    if network.max_energy is None:
        return (
            f"Below {least} the answer counts as *not sure*. This model has not been calibrated "
            f"(that takes at least {MIN_IMAGES} validation images and a finished training): it may "
            "sound surer than it is, and must choose one of these classes even for something that "
            f"is no {kind}."
        )
    share = f"{100 * (1 - UNFAMILIAR_SHARE):.0f}\N{NO-BREAK SPACE}%"
    if taught:
        return (
            f"Below {least} the answer counts as *not sure*. The probabilities of the model were "
            "calibrated on images kept back from the training; those of your copy were not, since "
            f"it has learned more. “Hardly a {kind}” means that it looks stranger to the copy "
            f"than {share} of those images did to the model, and so does “unusual”."
        )
    return (
        "The probabilities were calibrated on images kept back from the training. On images like "
        f"these, an answer below {least} is wrong more than one time in five; it counts as *not "
        f"sure*. “Hardly a {kind}” means that it looks stranger to the network than {share} of "
        f"those images, and so does “unusual” in a longer text; what it has never seen, such as "
        f"{_unseen(kind)}, can still look familiar."
    )


def kind_of(labels: Sequence[str]) -> str:
    """What the classes are, in one word."""
    if not all(len(label) == 1 for label in labels):
        return "known thing"
    return "digit" if all(label.isdigit() for label in labels) else "character"


def _unseen(kind: str) -> str:
    """What a network of these classes may be shown though it has never seen it."""
    return "a letter" if kind == "digit" else "something else"


def described(labels: Sequence[str]) -> str:
    """What can be drawn for a network with these classes."""
    if not all(len(label) == 1 for label in labels):
        return "one of the chart’s classes"
    return f"a {kind_of(labels)} from {labels[0]} to {labels[-1]}"


def _best_texts(
    probabilities: np.ndarray, labels: Sequence[str]
) -> tuple[list[str], float, tuple[list[str], float] | None]:
    """The characters of the most probable text, its probability, and the same of the second best,
    if there is more than one class."""
    order = np.argsort(-probabilities, axis=1, kind="stable")
    ranked = -np.sort(-probabilities.astype(np.float64), axis=1)
    best = [labels[index] for index in order[:, 0]]
    probability = float(ranked[:, 0].prod())
    if len(labels) > 1:
        # The next best text differs in the character whose second class comes closest.
        ratios = ranked[:, 1] / ranked[:, 0]
        place = int(ratios.argmax())
        text = [*best[:place], labels[order[place, 1]], *best[place + 1 :]]
        return best, probability, (text, float(probability * ratios[place]))
    return best, probability, None


def _joined(
    characters: Sequence[str],
    points: Sequence[int],
    breaks: Sequence[int],
    spaces: Sequence[int],
) -> str:
    """The characters with the decimal points, the ends of lines and the spaces among them."""
    pieces = [
        "." * (place in points) + "\n" * (place in breaks) + " " * (place in spaces) + text
        for place, text in enumerate([*characters, ""])
    ]
    return "".join(pieces)
