"""Which values are tried next: Optuna's samplers, and none twice."""

from collections.abc import Callable
from typing import Any

import numpy as np
from optuna import Study
from optuna.distributions import BaseDistribution, FloatDistribution
from optuna.samplers import BaseSampler, RandomSampler, TPESampler
from optuna.trial import FrozenTrial

from nn.cli.search.journal import distribution, to_optuna
from nn.search import SearchSettings
from nn.search.settings import GRID, RANDOM
from nn.search.space import combination, rounded, size

_DRAWS = 30
"""So often a sampler is asked again where it gives what was tried already."""
Params = dict[str, Any]


class Sampler(BaseSampler):
    """Chooses all values of trial number `number`, and the same ones in whatever process.

    tpe: Tree-structured Parzen estimators (Bergstra et al. 2011), the settings together; trials
        that still run count as bad ones, so that those at the same time differ.
    random: each on its own, as likely everywhere.
    grid: all combinations, in an order of chance, so that a part of them is spread too.
    """

    def __init__(self, settings: SearchSettings, number: int) -> None:
        self._space = settings.space
        self._distributions = {part.name: distribution(part) for part in settings.space}
        self._is_grid = settings.sampler == GRID
        self._order = np.random.SeedSequence((settings.seed,))
        self._rng = np.random.default_rng((settings.seed, number))
        kind: Callable[..., BaseSampler] = (
            RandomSampler if settings.sampler == RANDOM else TPESampler
        )
        self._base = kind(seed=int(self._rng.integers(2**31)))

    def infer_relative_search_space(
        self, study: Study, trial: FrozenTrial
    ) -> dict[str, BaseDistribution]:
        return self._distributions

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> Params:
        others = study.get_trials(deepcopy=False)
        tried = {_key(other.params) for other in others if other.number != trial.number}
        if not self._is_grid:
            for _ in range(_DRAWS):
                params = self._draw(study, trial, search_space)
                if _key(params) not in tried:
                    return params
        return self._untried(tried) or self._draw(study, trial, search_space)

    def sample_independent(
        self,
        study: Study,
        trial: FrozenTrial,
        param_name: str,
        param_distribution: BaseDistribution,
    ) -> Any:
        return self._base.sample_independent(study, trial, param_name, param_distribution)

    def _draw(self, study: Study, trial: FrozenTrial, space: dict[str, BaseDistribution]) -> Params:
        params = self._base.sample_relative(study, trial, space)
        drawn = {
            name: params[name]
            if name in params
            else self._base.sample_independent(study, trial, name, one)
            for name, one in space.items()
        }
        return {name: _short(drawn[name], one) for name, one in space.items()}

    def _untried(self, tried: set[frozenset[Any]]) -> Params | None:
        """The first combination that nobody has tried, None where they can't be counted."""
        count = size(self._space)
        if count is None:
            return None
        for index in np.random.default_rng(self._order).permutation(count):
            values = combination(self._space, int(index))
            params = {part.name: to_optuna(part, values[part.name]) for part in self._space}
            if _key(params) not in tried:
                return params
        return None


def _short(value: Any, among: BaseDistribution) -> Any:
    """A number that can be said: five digits of it, as more decide nothing."""
    if not isinstance(among, FloatDistribution) or among.step is not None:
        return value
    return min(max(float(f"{value:.5g}"), among.low), among.high)


def _key(params: Params) -> frozenset[Any]:
    return frozenset(
        (name, rounded(value) if isinstance(value, float) else value)
        for name, value in params.items()
    )
