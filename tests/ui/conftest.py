"""What the tests of the app's trainings share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.trainings import fake_command, until
from ui.jobs import Jobs


@pytest.fixture
def start_jobs(tmp_path: Path) -> Iterator[Callable[..., Jobs]]:
    made: list[Jobs] = []

    def start(limit: int = 1, command: Callable[..., list[str]] = fake_command) -> Jobs:
        made.append(Jobs(tmp_path, limit, command))
        return made[-1]

    yield start
    for jobs in made:
        for state in jobs.recent():
            jobs.cancel(state.run.id)
        for state in jobs.recent():
            jobs.send(state.run.id, {"command": "stop"})
        until(lambda jobs=jobs: not jobs._processes)
