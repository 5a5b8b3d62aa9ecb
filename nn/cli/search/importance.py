"""How much each setting had to do with whether a trial became one of the best."""

from collections.abc import Sequence

import optuna

from nn.cli.search.journal import distribution, to_optuna
from nn.runs.schema import PRUNED as BEHIND
from nn.search import SearchSettings, Trial
from nn.search.schema import FAILED, FINISHED

LEAST = 8
"""Trials; of less it can't be told."""
_AMONG_BEST, _BEST_SHARE = 5, 0.1
"""The best tenth is compared with all, and not less than so many trials."""


def importances(settings: SearchSettings, trials: Sequence[Trial]) -> dict[str, float]:
    """The share of each setting, together 1; {} before there are enough trials.

    By PED-ANOVA (Watanabe et al. 2023): how much the values of the best differ from those of all.
    It fits densities alone, where fANOVA would fit forests. Trials that were pruned count as worse
    than all that finished, the sooner the worse, and those that failed as the worst: what ends
    badly tells as much.
    """
    ranks = _ranks(settings, trials)
    with_figures = sum(trial.state != FAILED for trial, _ in ranks)
    if len(ranks) < LEAST or not with_figures:
        return {}
    # It brings scikit-learn along, whose import takes longer than many a trial.
    from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

    distributions = {part.name: distribution(part) for part in settings.space}
    study = optuna.create_study()
    for trial, rank in ranks:
        params = {
            part.name: to_optuna(part, part.check(trial.params[part.name]))
            for part in settings.space
        }
        study.add_trial(optuna.create_trial(params=params, distributions=distributions, value=rank))
    share = max(_BEST_SHARE, min(0.5, _AMONG_BEST / len(ranks)))
    share = min(share, with_figures / len(ranks))  # those that failed are all alike
    evaluator = PedAnovaImportanceEvaluator(target_quantile=share)
    return get_param_importances(study, evaluator=evaluator)


def _ranks(settings: SearchSettings, trials: Sequence[Trial]) -> list[tuple[Trial, float]]:
    """The trials that tell something, the best first, each with its place."""
    sign = 1 if settings.lower_is_better else -1
    compared = [
        trial
        for trial in trials
        if trial.value is not None and (trial.state == FINISHED or trial.reason == BEHIND)
    ]
    compared.sort(
        key=lambda trial: (
            trial.state != FINISHED,
            0.0 if trial.state == FINISHED else -(trial.epochs or 0.0),
            sign * (trial.value or 0.0),
        )
    )
    failed = [trial for trial in trials if trial.state == FAILED]
    places = [*range(len(compared)), *[len(compared)] * len(failed)]
    return [
        (trial, float(place)) for trial, place in zip((*compared, *failed), places, strict=True)
    ]
