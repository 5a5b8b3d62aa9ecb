"""Ten visitors teach their copies of a model at once: how long the last waits, and what is said."""

import logging
import threading
import time
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np

import data
import nn
from tests.stress.part import Part, Row, at_most, none_of
from ui.draw import lessons
from ui.models.list import list_models
from ui.models.load import load_model
from ui.models.model_choice import ModelChoice

VISITORS = 10
SECONDS = {"default": 8, "large": 20}
"""Of a core, until the last of them has learned; by the name of the model."""
SILENCE = 1.0


class Visitor(threading.Thread):
    """Draws what the model reads wrong, and teaches it."""

    def __init__(self, choice: ModelChoice, network: nn.Network, image: np.ndarray, label: int):
        super().__init__(daemon=True)
        self._lesson = choice, network, image, label
        self.heard: list[float] = []
        self.began = self.ended = 0.0

    def run(self) -> None:
        self.began = time.monotonic()
        lessons.learn(*self._lesson, say=lambda _: self.heard.append(time.monotonic()))
        self.ended = time.monotonic()

    @property
    def silence(self) -> float:
        """How long nothing was said before they learned."""
        return (self.heard[0] if self.heard else self.ended) - self.began


def measure(quick: bool) -> list[Row]:
    """With each model that comes with the project and has a limit here."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it misses a page around the threads
    if not data.is_available("mnist"):
        return [Row("lessons", "MNIST is not here", "", False)]
    models = {one.path.stem: one for one in list_models()}
    rows = []
    for name, limit in SECONDS.items():
        if quick and name != "default":
            continue
        visitors = _visitors(models[name], 3 if quick else VISITORS)
        began = time.process_time()  # other programs may be busy
        _all_at_once(visitors)
        work = time.process_time() - began
        waited = sorted(visitors, key=lambda one: one.ended)[1:]  # the first one learns at once
        silent = [one.silence for one in waited]
        rows += [
            at_most(
                f"{len(visitors)} lessons at once, model “{name}”: a core's work for all",
                work,
                limit,
                "s",
            ),
            at_most("the longest that one of them waits without a word", max(silent), SILENCE, "s"),
            none_of("lessons that failed", ["it did not end"] * sum(not v.ended for v in visitors)),
        ]
    return rows


def _visitors(choice: ModelChoice, count: int) -> list[Visitor]:
    """Each with an image of their own that the model reads wrong."""
    network, digits = load_model(choice), data.load("mnist")
    answers = network.predict_logits(digits.test_images, averaging=nn.ALONE).argmax(axis=1)
    wrong = np.flatnonzero(answers != digits.test_labels)[:count]
    return [
        Visitor(
            choice, network, digits.test_images[n] / np.float32(255), int(digits.test_labels[n])
        )
        for n in wrong
    ]


def _all_at_once(visitors: list[Visitor]) -> None:
    with patch.object(lessons, "st", SimpleNamespace(session_state=_Sessions())):
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join(timeout=120)


class _Sessions:
    """What is kept of a session, for each thread."""

    def __init__(self) -> None:
        self._local = threading.local()

    def _kept(self) -> dict[str, Any]:
        return self._local.__dict__

    def get(self, name: str, default: Any = None) -> Any:
        return self._kept().get(name, default)

    def __setitem__(self, name: str, value: Any) -> None:
        self._kept()[name] = value


PART = Part(measure, seconds=240)
