"""Trainings that a server starts, with the real command line behind them."""

from collections.abc import Callable

import nn
from tests.ui.runs.trainings import CONFIG, state_of, until, until_status
from ui.runs.jobs import Jobs
from ui.runs.process import train_command_line


def test_a_real_training_is_steered_stopped_and_resumed(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=train_command_line)
    run_id = jobs.start(CONFIG)
    until(lambda: bool(state_of(jobs, run_id).run.progress))
    jobs.send(run_id, {"command": "pause"})
    until_status(jobs, run_id, "paused")
    jobs.send(run_id, {"command": "set", "name": "learning_rate", "value": 0.02})
    jobs.send(run_id, {"command": "resume"})
    until(lambda: state_of(jobs, run_id).run.progress[-1]["learning_rate"] == 0.02)
    jobs.send(run_id, {"command": "stop"})
    run = until_status(jobs, run_id, "stopped").run
    step = run.events[-1]["step"]
    assert step > 0
    assert nn.load(run.model_path).num_parameters == 784 * 8 + 8 + 8 * 10 + 10

    jobs.resume(run_id)
    until(lambda: state_of(jobs, run_id).run.events[-1]["step"] > step)
    resumed = state_of(jobs, run_id).run.last("resumed")
    assert resumed is not None
    assert resumed["from_step"] == step
    assert state_of(jobs, run_id).run.progress[-1]["learning_rate"] == 0.02


def test_a_real_training_finishes(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=train_command_line)
    run_id = jobs.start(nn.TrainingConfig(dataset="digits", hidden=(32,), epochs=5))
    closing = until_status(jobs, run_id, "finished").run.events[-1]
    assert closing["test_accuracy"] > 0.7


def test_a_training_that_cannot_begin_says_why(start_jobs: Callable[..., Jobs]) -> None:
    jobs = start_jobs(command=train_command_line)
    run_id = jobs.start(nn.TrainingConfig(dataset="digits", val_size=1_000_000))
    until(lambda: not state_of(jobs, run_id).is_moving)
    state = state_of(jobs, run_id)
    reason = state.failure or state.run.events[-1].get("message")
    assert "val_size" in str(reason)
