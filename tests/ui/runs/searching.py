"""Waiting for searches."""

import nn
from nn.search import SearchSettings, parse_parameter
from tests.ui.runs.trainings import until
from ui.runs.jobs import Jobs
from ui.runs.state import SearchState

SETTINGS = SearchSettings(
    nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=2, val_size=200),
    (parse_parameter("learning_rate=log:0.001..0.5"),),
    trials=5,
)


def search_state(jobs: Jobs, search_id: str) -> SearchState:
    state = jobs.searches.state(search_id)
    assert state is not None
    return state


def until_search(jobs: Jobs, search_id: str, *statuses: str) -> SearchState:
    until(lambda: search_state(jobs, search_id).status in statuses)
    return search_state(jobs, search_id)
