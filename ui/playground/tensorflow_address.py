"""An address of TensorFlow Playground as a set-up of this page.

What its parameters mean is in https://github.com/tensorflow/playground, src/state.ts. All that is
missing in an address has its default there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl
from zlib import crc32

from nn.plane.config import MOST_LAYERS, MOST_NEURONS, PlaneConfig
from nn.plane.features import FEATURES
from ui.playground import address_fields as kinds
from ui.playground.setup import Setup
from ui.playground.setup_address import (
    LEAST_RATE,
    LEAST_SHARE,
    MOST_NOISE_PERCENT,
    MOST_RATE,
    MOST_SHARE,
)
from ui.shared.url_text import quote

_INPUTS = {
    "x": "x1",
    "y": "x2",
    "xTimesY": "x1_x2",
    "xSquared": "x1_squared",
    "ySquared": "x2_squared",
    "cosX": "cos_x1",
    "sinX": "sin_x1",
    "cosY": "cos_x2",
    "sinY": "sin_x2",
}
_ON = ("x", "y")
"""The inputs that are on without a word."""
_CLASSES = {"circle": "circle", "xor": "xor", "gauss": "gauss", "spiral": "spiral"}
_FUNCTIONS = {"reg-plane": "plane", "reg-gauss": "multi_gauss"}
_POINTS = {"classification": 500, "regression": 1200}
_PENALTIES = {"none": None, "L1": "l1", "L2": "l2"}
_PENALTY_HERE = {
    "l1": "The L1 penalty pulls at the biases too here, and a weight that it pulls past 0 goes on "
    "from there; in TensorFlow Playground it is 0 from then on.",
    "l2": "The L2 penalty pulls at the biases too here, and not at weights alone.",
}
"""What penalties do otherwise than there."""
_CONTROLS = {
    "playButton": ("play",),
    "stepButton": ("step",),
    "resetButton": ("again", "renew"),
    "showTestData": ("show_test",),
    "discretize": ("discrete",),
    "learningRate": ("rate",),
    "activation": ("activations",),
    "regularization": ("penalty",),
    "regularizationRate": ("penalty",),
    "problem": ("data",),
    "dataset": ("data",),
    "percTrainData": ("share",),
    "noise": ("noise",),
    "batchSize": ("batch",),
    "numHiddenLayers": ("layers",),
}
"""What its "..._hide" parameters hide here."""
_NOTHING = {
    "collectStats": "nothing is collected here",
    "hideText": "there is no text below the network here",
    "tutorial": "it has tutorials of its own, which are not here",
}
"""What has no meaning on this page, and why."""


@dataclass(frozen=True)
class TensorFlowSetup:
    """What an address of TensorFlow Playground is here.

    said: sentences about what is otherwise here, or cannot be used.
    """

    setup: Setup
    said: list[str]


def from_address(text: str) -> TensorFlowSetup:
    """The set-up of a whole address or of what follows its "#"; ValueError if it holds none."""
    hash_text = text.strip().rpartition("#")[2].removeprefix("?")
    try:
        given = dict(parse_qsl(hash_text, keep_blank_values=True, max_num_fields=200))
    except ValueError:
        given = {}
    reading = _Reading(given)
    if not given.keys() & (_KNOWN | _HIDING):
        raise ValueError(
            "an address of TensorFlow Playground has its settings behind a #, such as "
            "https://playground.tensorflow.org/#dataset=circle&networkShape=4,2"
        )
    setup = _setup(reading)
    hidden = frozenset(name for names in reading.hidden() for name in names)
    reading.say_of_the_rest()
    return TensorFlowSetup(replace(setup, hide=hidden), reading.said)


class _Reading:
    def __init__(self, given: dict[str, str]) -> None:
        self._given = given
        self.said: list[str] = []

    def value(self, name: str, read: Callable[[str], Any], default: Any) -> Any:
        text = self._given.get(name, "")
        if not text:
            return default
        try:
            return read(text)
        except ValueError as allowed:
            self.said.append(f"{name}={quote(text)} is not possible here: it must be {allowed}.")
            return default

    def is_on(self, name: str, default: bool = False) -> bool:
        return bool(self.value(name, _true_or_false, default))

    def hidden(self) -> list[tuple[str, ...]]:
        found = []
        for name in self._given:
            control = name.removesuffix("_hide")
            if control != name and self.is_on(name):
                if control in _CONTROLS:
                    found.append(_CONTROLS[control])
                else:
                    self.said.append(f"{quote(name)}: there is no such control here.")
        return found

    def say_of_the_rest(self) -> None:
        for name, text in self._given.items():
            if name in _NOTHING and text not in ("", "false"):
                self.said.append(f"{name} has no meaning here: {_NOTHING[name]}.")
            elif name not in _KNOWN and not name.endswith("_hide"):
                self.said.append(f"{quote(name)} is not known.")


def _setup(reading: _Reading) -> Setup:
    problem = reading.value("problem", _one_of(dict.fromkeys(_POINTS)), "classification")
    sets, key, first = (
        (_FUNCTIONS, "regDataset", "plane")
        if problem == "regression"
        else (_CLASSES, "dataset", "circle")
    )
    seed = reading.value("seed", _seed, 0)
    setup = Setup(
        data=reading.value(key, _mapped(sets), first),
        points=_POINTS[problem],
        noise=reading.value("noise", kinds.whole(0, MOST_NOISE_PERCENT).read, 0),
        share=reading.value("percTrainData", kinds.whole(LEAST_SHARE, MOST_SHARE).read, 50),
        points_seed=seed,
        arms=(_network(reading),),
        show_test=reading.is_on("showTestData"),
        discrete=reading.is_on("discretize"),
    )
    if "seed" in reading._given:
        reading.said.append(
            "The seed draws other points and weights here: the same kind, not the same numbers."
        )
    return setup.with_seed(seed)


def _network(reading: _Reading) -> PlaneConfig:
    inputs = [name for key, name in _INPUTS.items() if reading.is_on(key, key in _ON)]
    if not inputs:
        reading.said.append("A network without inputs is not possible here: it has X₁ and X₂.")
        inputs = ["x1", "x2"]
    hidden = reading.value("networkShape", kinds.widths(MOST_LAYERS, MOST_NEURONS).read, (4, 2))
    if reading._given.get("networkShape") == "":
        hidden = ()  # as it writes that there are none
    activation = reading.value("activation", _one_of(_ACTIVATIONS), "tanh")
    penalty = _PENALTIES[reading.value("regularization", _one_of(_PENALTIES), "none")]
    rate = reading.value("regularizationRate", kinds.real(0, 10).read, 0.0)
    if penalty and rate:
        reading.said.append(_PENALTY_HERE[penalty])
    return PlaneConfig(
        inputs=kinds.words(lambda: FEATURES).read(",".join(inputs)),
        hidden=hidden,
        activations=(activation,) * len(hidden),
        initializer="zeros" if reading.is_on("initZero") else "playground",
        learning_rate=reading.value("learningRate", kinds.real(LEAST_RATE, MOST_RATE).read, 0.03),
        batch_size=reading.value("batchSize", kinds.whole(1, 2000).read, 10),
        **({penalty: rate} if penalty else {}),
    )


_ACTIVATIONS = dict.fromkeys(("relu", "tanh", "sigmoid", "linear"))


def _one_of(options: dict[str, Any]) -> Callable[[str], str]:
    return kinds.choice(lambda: options).read


def _mapped(names: dict[str, str]) -> Callable[[str], str]:
    return lambda text: names[_one_of(names)(text)]


def _seed(text: str) -> int:
    return crc32(text.encode()) >> 1


def _true_or_false(text: str) -> bool:
    return kinds.choice(lambda: ("true", "false")).read(text) == "true"


_KNOWN = {
    *_INPUTS,
    *_CONTROLS,
    *_NOTHING,
    "regDataset",
    "networkShape",
    "seed",
    "initZero",
} - {"playButton", "stepButton", "resetButton", "numHiddenLayers"}
"""Its parameters but the "..._hide" ones."""
_HIDING = {f"{control}_hide" for control in _CONTROLS}
