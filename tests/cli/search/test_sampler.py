"""Which values are tried, and what is said of their importance."""

import math
from collections.abc import Callable

import optuna
import pytest

from nn.cli.search.importance import importances
from nn.cli.search.journal import from_optuna, suggest
from nn.cli.search.sampler import Sampler
from nn.search import SearchSettings, Trial, parse_parameter
from nn.search.space import value_json
from nn.training.config import TrainingConfig

SPACE = ("learning_rate=log:0.001..1", "dropout=0..0.5", "hidden=8|16|32")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def settings(*space: str, sampler: str = "tpe", seed: int = 0) -> SearchSettings:
    parts = tuple(map(parse_parameter, space))
    return SearchSettings(TrainingConfig(val_size=10), parts, sampler=sampler, seed=seed)


def search(chosen: SearchSettings, count: int, value: Callable[[dict], float]) -> list[Trial]:
    """Trials whose values a function gives."""
    study, trials = optuna.create_study(), []
    for number in range(count):
        study.sampler = Sampler(chosen, number)
        trial = study.ask()
        params = {
            part.name: value_json(from_optuna(part, suggest(trial, part))) for part in chosen.space
        }
        study.tell(trial, value(params))
        trials.append(
            Trial(number, "", params, 0.0, state="finished", value=value(params), ended=1.0)
        )
    return trials


def far_from_a_tenth(params: dict) -> float:
    return abs(math.log10(params["learning_rate"]) + 1) + 0.01 * params["dropout"]


def test_numbers_are_drawn_that_can_be_said() -> None:
    for kind in ("tpe", "random"):
        for trial in search(settings(*SPACE, sampler=kind), 15, far_from_a_tenth):
            for name, low, high in (("learning_rate", 0.001, 1), ("dropout", 0, 0.5)):
                number = trial.params[name]
                assert number == float(f"{number:.5g}")
                assert low <= number <= high


def test_tpe_comes_closer_than_chance() -> None:
    late = {}
    for sampler in ("tpe", "random"):
        trials = search(settings(*SPACE, sampler=sampler), 40, far_from_a_tenth)
        late[sampler] = sum(trial.value or 0 for trial in trials[20:]) / 20
    assert late["tpe"] < late["random"] / 2


def test_the_setting_that_matters_is_the_important_one() -> None:
    chosen = settings(*SPACE, sampler="random")
    trials = search(chosen, 40, far_from_a_tenth)
    shares = importances(chosen, trials)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["learning_rate"] > 0.6
    assert importances(chosen, trials[:7]) == {}


def test_what_fails_and_what_is_behind_tells_of_importance_too() -> None:
    chosen = settings(*SPACE, sampler="random")
    trials = []
    for trial in search(chosen, 40, far_from_a_tenth):
        rate = trial.params["learning_rate"]
        ends = {"state": "failed", "value": None} if rate > 0.1 else {}
        if rate < 0.01:
            ends = {"state": "pruned", "reason": "pruned", "epochs": 1.0}
        trials.append(Trial(**vars(trial) | ends))
    assert importances(chosen, trials)["learning_rate"] > 0.6
    failed = [Trial(**vars(trial) | {"state": "failed", "value": None}) for trial in trials]
    assert importances(chosen, failed) == {}


@pytest.mark.parametrize("sampler", ["tpe", "random", "grid"])
def test_no_combination_comes_twice_until_all_have_come(sampler: str) -> None:
    chosen = settings("hidden=8|16|32", "dropout=0..0.3:0.1", sampler=sampler)
    trials = search(chosen, 12, lambda params: params["dropout"])
    assert len({str(trial.params) for trial in trials}) == 12


def test_a_grid_is_tried_in_an_order_of_chance() -> None:
    orders = [
        [
            trial.params["dropout"]
            for trial in search(
                settings("dropout=0..0.5:0.1", sampler="grid", seed=seed), 6, lambda _: 0.0
            )
        ]
        for seed in (0, 0, 1)
    ]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
