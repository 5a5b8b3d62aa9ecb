"""What a training will take, told before it begins: time and memory, from its settings alone.

The figures were measured on one core; how this server compares with it, see `ui.runs.pace`.
"""

from functools import lru_cache
from typing import NamedTuple

import data
import nn
from nn import cost
from nn.history.recorder import ANSWERS, PROBE, PROBE_VALUES
from nn.layers.row import count_parameters, row_widths
from ui.runs import text as run_text
from ui.settings.network_size import PIXELS, answer_cost, network_layers

START_SECONDS = 1.5
"""Until the process has begun, and the dataset is there."""
# Seconds for one image and each unit of `nn.cost.answer_cost`: answering, and learning from it.
_ANSWER, _LEARN = 1.9e-11, 4.4e-11
_IMAGE = 0.7e-6
"""Fetching an image of a batch."""
# Seconds for each weight in each step, by the optimizer; a penalty or a limit goes through all
# weights once more.
_SGD, _OTHERS, _PASS = 1.2e-9, 2.0e-9, 0.3e-9
# Seconds for an image that is distorted, by what is done to it.
_DISTORT, _WARP, _THICKNESS = 1.0e-6, 1.9e-6, 1.5e-6
_STYLES = 1.5e-6, 8.0e-6
"""At least, and times the share that is written in another way."""

_FEW_SECONDS = 10.0

_PROCESS_BYTES = 42e6
_POOL_BYTES = 13e6
"""Images that wait, distorted, for their turn."""
_PARAMETER_COPIES, _COPIES_EACH_STATE, _MEMBER_COPIES = 10, 4.5, 4
"""Weights, gradients, checkpoints and what these are written from: of the network that trains, for
each number that its optimizer keeps of a weight, and of the other networks of an ensemble."""
_STATES = {"rmsprop": 1, "adagrad": 1, "adam": 2, "adamw": 2, "adadelta": 2}
_BATCH_VALUES = 1.5
"""Arrays that hold the values of what is learned from at a time, on the way back too."""


class Estimate(NamedTuple):
    """What a training will take.

    seconds: from Start to its end, where it needs not wait.
    memory: bytes of its process beside those it shares with the server.
    """

    seconds: float
    memory: float

    @property
    def words(self) -> str:
        """Both as people say it: "about 12 min, 310 MB"."""
        # Most of what is so short is the start of its process, which no figure foretells.
        is_short = self.seconds < _FEW_SECONDS
        time = "a few seconds" if is_short else f"about {run_text.duration(self.seconds)}"
        return f"{time}, {memory_text(self.memory)}"


def memory_text(size: float) -> str:
    """Bytes with two digits that count."""
    return f"{float(f'{size / 1e6:.2g}'):,.0f} MB"


def estimate(config: nn.TrainingConfig, pace: float = 1.0) -> Estimate:
    """What a training of these settings will take where a core is `pace` times as slow as the one
    that the figures are from. Early stopping may end it sooner."""
    seconds, memory = _at_pace_one(config)
    return Estimate(pace * seconds, memory)


@lru_cache(maxsize=500)
def _at_pace_one(config: nn.TrainingConfig) -> Estimate:
    seconds = START_SECONDS + sum(map(_member_seconds, config.members)) + _end_seconds(config)
    return Estimate(seconds, _memory(config))


def _member_seconds(config: nn.TrainingConfig) -> float:
    """All epochs of one network."""
    info, layers = data.DATASETS[config.dataset], network_layers(config)
    images = info.train_size - config.val_size
    one = cost.answer_cost(layers, PIXELS)
    steps = -(-images // config.batch_size)
    learning = images * (_IMAGE + _LEARN * one + _distortion(config.augmentation))
    answering = _ANSWER * one * (config.val_size + min(ANSWERS, info.test_size))
    return config.epochs * (learning + answering + steps * _step_seconds(config, layers))


def _step_seconds(config: nn.TrainingConfig, layers: list[nn.Layer]) -> float:
    """Changing all weights once."""
    passes = sum(map(bool, (config.momentum, config.weight_decay, config.l1, config.max_grad_norm)))
    each = (_SGD if config.optimizer == "sgd" else _OTHERS) + passes * _PASS
    return each * count_parameters(layers)


def _distortion(augmentation: nn.Augmentation) -> float:
    """Distorting one image."""
    if not augmentation.is_active:
        return 0.0
    seconds = _DISTORT + _WARP * augmentation.warps + _THICKNESS * bool(augmentation.thickness)
    if augmentation.writing_styles:
        least, more = _STYLES
        seconds += least + more * augmentation.writing_styles
    return seconds


def _end_seconds(config: nn.TrainingConfig) -> float:
    """The test of the finished network."""
    images = data.DATASETS[config.dataset].test_size + 2 * config.val_size
    return _ANSWER * answer_cost(config) * images


def _memory(config: nn.TrainingConfig) -> float:
    members = config.members
    parameters = [count_parameters(network_layers(one)) for one in members]
    most = 0.0
    for one, count in zip(members, parameters, strict=True):
        states = _STATES.get(one.optimizer, 1 if one.momentum else 0)
        copies = _PARAMETER_COPIES + _COPIES_EACH_STATE * states
        most = max(most, 4 * copies * count + _value_bytes(one))
    others = 4 * _MEMBER_COPIES * (sum(parameters) - min(parameters))
    images = data.DATASETS[config.dataset].train_size * PIXELS if config.val_size else 0
    pool = _POOL_BYTES if any(one.augmentation.is_active for one in members) else 0.0
    return _PROCESS_BYTES + images + pool + most + others


def _value_bytes(config: nn.TrainingConfig) -> float:
    """What the layers hold of the images that go through them at a time: of those to learn from; of
    those to answer, in the network and in the copy that its history looks at; and in that copy on
    the way back from the probe."""
    layers = network_layers(config)
    inputs = row_widths(layers, PIXELS)
    moved = sum(layer.moved_values(width) for layer, width in zip(layers, inputs, strict=False))
    values = sum(layer.values(width) for layer, width in zip(layers, inputs, strict=False))
    learned = cost.training_images(layers, PIXELS, config.batch_size) * moved
    answered = cost.inference_batch(layers, PIXELS) * values
    probed = min(PROBE, PROBE_VALUES // values) * values
    return 4 * (_BATCH_VALUES * learned + 2 * answered + probed)
