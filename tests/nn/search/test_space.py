"""What a search varies: as text, as JSON, and what is refused."""

import pytest

from nn.search import Choices, Range, SearchSettings, check_space, parse_parameter, searchable
from nn.search.fields import part_from_dict
from nn.search.space import combination, size
from nn.training.config import TrainingConfig

BASE = TrainingConfig(val_size=10)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("learning_rate=log:0.001..0.5", Range("learning_rate", 0.001, 0.5, log=True)),
        ("lr=1e-05..1", Range("learning_rate", 1e-5, 1)),
        ("dropout=0..0.5", Range("dropout", 0, 0.5)),
        ("dropout = 0..0.5:0.1", Range("dropout", 0, 0.5, step=0.1)),
        ("--batch-size=16..64:16", Range("batch_size", 16, 64, step=16, whole=True)),
        ("shift=.5..3.", Range("shift", 0.5, 3)),
        ("hidden=64|128,64|none", Choices("hidden", ((64,), (128, 64), ()))),
        ("batch_norm=true|false", Choices("batch_norm", (True, False))),
        ("max_grad_norm=none|1|5.5", Choices("max_grad_norm", (None, 1, 5.5))),
        ("batch_size=16|128", Choices("batch_size", (16, 128))),
        ("activation=relu|tanh", Choices("activation", ("relu", "tanh"))),
    ],
)
def test_a_setting_to_search_as_text_and_as_json(text, part):
    assert parse_parameter(text) == part
    assert parse_parameter(f"{part.name}={part.text}") == part
    assert part_from_dict(part.to_dict()) == part


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dropout", "must be NAME=LOW..HIGH or NAME=VALUE|VALUE, got 'dropout'"),
        ("drop=0..1", "must be one of rotation, .*, got 'drop'"),
        ("seed=1..3", "seed can't be searched: it must be the same for all trials"),
        ("dataset=mnist|digits", "dataset can't be searched"),
        ("dropout=0..x", "dropout must have numbers, .* got 'x'"),
        ("dropout=x", "dropout must have several values, .* or a range, got only 'x'"),
        ("dropout=0.5..0.1", "from a lower to a higher number, got 0.5..0.1"),
        ("dropout=log:0..0.5", "log needs a lower end above 0, got 0"),
        ("dropout=0..nan", "dropout must have numbers"),
        ("dropout=0..2", r"dropout must be a number in \[0, 1\), got 2"),
        ("dropout=0..0.5:0.9", "step of dropout must be above 0 and at most 0.5, got 0.9"),
        ("batch_size=1.5..4", "batch_size must have whole numbers at its ends, got 1.5"),
        ("batch_size=0|8", "batch_size must be a whole number from 1 to 1000000, got 0"),
        ("activation=relu", "activation must have several values, .* got only 'relu'"),
        ("activation=relu|relu", "must have different values, got relu twice"),
        (f"activation={'é' * 900}|{'é' * 900}", "different values, got é{80} twice"),
        ("activation=relu|step", "activation must be one of .*, got 'step'"),
        ("hidden=64..128", "hidden must have several values"),
        ("hidden=64|big", "hidden must have lists of whole numbers .* got 'big'"),
        ("batch_norm=yes|no", "batch_norm must be one of true, false, got 'yes'"),
    ],
)
def test_what_cannot_be_searched_is_named(text, words):
    with pytest.raises(ValueError, match=words):
        check_space([parse_parameter(text)], BASE)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "an object with a name"),
        ({"name": "dropout"}, "either choices or"),
        ({"name": "dropout", "low": 0}, "either choices or"),
        ({"name": "dropout", "low": "0", "high": 1}, "numbers at its ends, got '0'"),
        ({"name": "dropout", "low": True, "high": 1}, "numbers at its ends, got True"),
        ({"name": "dropout", "low": 0, "high": 10**400}, "plausible ends"),
        ({"name": "dropout", "low": 0, "high": 0.5, "log": 1}, "log of dropout must be true or"),
        ({"name": "dropout", "choices": 3}, "either choices or"),
        ({"name": "dropout", "choices": [0.1, [0.2]]}, "numbers, words or lists"),
        ({"name": "dropout", "choices": [0.1, [1]]}, "dropout must be a number"),
        ({"name": "hidden", "low": 1, "high": 5}, "either choices or"),
        ({"name": "activation", "choices": ["relu", {}]}, "numbers, words or lists"),
    ],
)
def test_a_damaged_part_of_a_space_is_refused(value, words):
    with pytest.raises(ValueError, match=words):
        check_space([part_from_dict(value)], BASE)


def test_every_setting_but_those_of_all_trials_can_be_searched():
    kinds = searchable()
    assert kinds["hidden"] == "widths"
    assert kinds["rotation"] == kinds["max_grad_norm"] == "number"
    assert kinds["patience"] == "whole"
    assert not {"dataset", "seed", "val_size", "loss", "other_members"} & set(kinds)


def test_a_setting_twice_is_refused():
    with pytest.raises(ValueError, match="dropout must be there once"):
        check_space([Range("dropout", 0, 0.5), Range("dropout", 0, 0.1)], BASE)


def test_combinations_are_counted():
    space = (Choices("hidden", ((8,), (16,))), Range("dropout", 0, 0.3, step=0.1))
    assert size(space) == 8
    assert combination(space, 0) == {"hidden": (8,), "dropout": 0.0}
    assert combination(space, 7) == {"hidden": (16,), "dropout": 0.3}
    assert len({str(combination(space, index)) for index in range(8)}) == 8
    assert size((*space, Range("momentum", 0, 0.9))) is None


def test_a_grid_needs_values():
    with pytest.raises(ValueError, match="a grid needs values or a step for dropout"):
        SearchSettings(BASE, (Range("dropout", 0, 0.5),), sampler="grid")


def test_smoothed_labels_are_compared_by_accuracy_alone():
    space = (Range("label_smoothing", 0, 0.2),)
    with pytest.raises(ValueError, match="search it with metric accuracy"):
        SearchSettings(BASE, space)
    SearchSettings(BASE, space, metric="accuracy")


def test_there_are_no_more_trials_than_combinations():
    space = (Choices("hidden", ((8,), (16,))), Choices("batch_norm", (True, False)))
    assert SearchSettings(BASE, space).most_trials == 4
    assert SearchSettings(BASE, space, trials=3).most_trials == 3
    assert SearchSettings(BASE, space, sampler="grid").most_trials == 4


def test_the_settings_of_a_search_survive_json():
    settings = SearchSettings(
        TrainingConfig(dataset="digits", val_size=100, hidden=(32,)),
        (Range("learning_rate", 0.001, 0.5, log=True), Choices("hidden", ((8,), ()))),
        sampler="random",
        minutes=2.5,
        prune=False,
        metric="accuracy",
        seed=3,
    )
    assert SearchSettings.from_dict(settings.to_dict()) == settings
    with pytest.raises(ValueError, match=r"must be one of .* got 'more'"):
        SearchSettings.from_dict(settings.to_dict() | {"more": 1})
    with pytest.raises(ValueError, match="val_size must be above 0"):
        SearchSettings(TrainingConfig(), settings.space)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("dropout=0.001..0.101:0.05", [0.001, 0.051, 0.101]),
        ("dropout=0.3..0.325:0.025", [0.3, 0.325]),
        ("dropout=0..0.35:0.1", [0.0, 0.1, 0.2, 0.3]),
        ("epochs=2..4", [2, 3, 4]),
        ("epochs=2..9:3", [2, 5, 8]),
        ("epochs=log:2..9", None),
    ],
)
def test_the_values_of_a_range_with_steps(text, values):
    assert parse_parameter(text).values == values
