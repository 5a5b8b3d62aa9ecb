"""Whatever the values in a checkpoint are, it is refused in words or the training can go on."""

import copy
import json
import math
import os
from pathlib import Path

import pytest

from nn.files import read_tensors
from nn.training.state import TrainingState
from nn.training.state_values import check_training
from tests.nn.training.test_checkpoint import advance, everything, make_trainer
from tests.nn.training.test_ensemble_trainer import trainer as make_ensemble

JUNK = [
    "a",
    None,
    True,
    math.nan,
    -math.inf,
    1e300,
    2**200,
    10**400,
    -1,
    0.5,
    [],
    [[]],
    {},
    {"a": {}},
]
NUMBERS = [("seconds",), ("base_learning_rate",), ("learning_rate",), ("val_loss",), ("loss",)]
HOSTILE = Path(os.environ.get("SCRATCH_NN_DATA", "")) / "hostile"


def places(value, *before):
    """The way to each value within, but the layers, which are compared as a whole."""
    yield before
    for name, inner in value.items() if isinstance(value, dict) else ():
        if name != "layers":
            yield from places(inner, *before, name)


def changed(values, place, junk):
    if not place:
        return junk
    values = copy.deepcopy(values)
    inner = values
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = junk
    return values


def may_be(place, junk):
    """Whether a training can have this there too."""
    return (
        (place == ("best",) and junk is None)
        or (place == ("ensemble", "base_learning_rate") and junk is None)
        or (place[-1:] in (("val_loss",), ("loss",)) and junk in (1e300, 2**200, -1))
        or (place[-1:] == ("learning_rate",) and junk in (1e300, 2**200))
        or (place[-1:] in NUMBERS and junk == 0.5)
    )


@pytest.mark.parametrize(
    ("make", "step"), [(make_trainer, 6), (lambda: make_ensemble(ensemble=2, dropout=0.2), 18)]
)
def test_values_that_cannot_be_are_refused_and_change_nothing(make, step):
    trainer = make()
    advance(trainer, step)
    state = trainer.state()
    before = everything(trainer)
    whole = state.values.get("ensemble")  # what its members have is that of one network
    for place in places(state.values) if whole is None else places(whole, "ensemble"):
        for junk in JUNK:
            values = changed(state.values, place, junk)
            if values == state.values:
                continue
            if may_be(place, junk):
                trainer.restore(TrainingState(state.tensors, values))
                assert all(math.isfinite(event.epoch) for event in trainer.run())
                trainer.restore(state)
            else:
                with pytest.raises(ValueError, match=r"must|another|is of a training"):
                    trainer.restore(TrainingState(state.tensors, values))
                assert (everything(trainer) == before).all(), (place, junk)


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="SCRATCH_NN_DATA has no folder hostile")
@pytest.mark.parametrize("name", sorted(path.name for path in HOSTILE.glob("checkpoint-*")))
def test_values_that_once_got_through_are_refused(name):
    _, metadata = read_tensors(HOSTILE / name, "scratch-nn checkpoint 1")
    values = json.loads(metadata["values"])
    values["base_learning_rate"] = values.pop("learning_rate")  # as it is called now
    with pytest.raises(ValueError, match="must"):
        check_training(values, values["settings"], values["dropout_rng"])
