"""What trainings really take, compared with what was said before they began."""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import data
import nn
from nn.runs import Run, write_config
from tests.stress.part import Part, Row, at_most, none_of
from ui.runs import process
from ui.runs.estimate import estimate
from ui.runs.jobs import Jobs
from ui.runs.pace import Pace
from ui.settings.presets import PRESETS, preset_values

LOOK_SECONDS = 0.2
PRESET_EPOCHS = {"Classic": 20, "Fast": 8, "Accurate": 2, "Robust": 10}
"""As many as show the pace."""
OTHERS = {
    "wide": nn.TrainingConfig(hidden=(1024, 1024), optimizer="adam", learning_rate=0.001, epochs=2),
    "deep": nn.TrainingConfig(hidden=(256,) * 6, batch_norm=True, dropout=0.2, epochs=4),
    "filters": nn.TrainingConfig(convolutions=(8, 16), batch_size=32, val_size=5000, epochs=2),
    "ensemble": nn.TrainingConfig(hidden=(64,), ensemble=4, batch_size=256, epochs=8),
}
LARGEST = nn.TrainingConfig(
    convolutions=(64, 64), batch_size=8, epochs=200, ensemble=5, elastic=1.0, thickness=0.4
)
BUDGET_MINUTES = 30


def measure(quick: bool) -> list[Row]:
    """Trains each set-up once, with the figures that the ones before it gave."""
    presets = {
        name: replace(
            nn.TrainingConfig(**preset_values(name, "mnist")), dataset="mnist", epochs=epochs
        )
        for name, epochs in PRESET_EPOCHS.items()
    }
    assert presets.keys() == PRESETS.keys()
    setups = {**presets, **OTHERS}
    if quick:
        setups = {"Fast": presets["Fast"]}
    if not data.is_available("mnist"):
        return [Row("estimates", "MNIST is not here", "", False)]
    pace, times, memories = Pace(), dict[str, float](), dict[str, float]()
    with tempfile.TemporaryDirectory() as folder:
        for name, config in setups.items():
            said = estimate(config, pace.factor)
            seconds, memory = _train(Path(folder) / name.lower(), config, pace)
            times[name] = seconds / said.seconds
            memories[name] = memory / said.memory
            print(f"{name}: {times[name]:.2f} {memories[name]:.2f}", file=sys.stderr)
    off = {name: max(ratio, 1 / ratio) for name, ratio in times.items()}
    wrong = {name: max(ratio, 1 / ratio) for name, ratio in memories.items()}
    return [
        at_most(
            "time that a preset takes, compared with what was said before: the worst, either way",
            max(off[name] for name in off if name in presets),
            1.5,
            "times",
        ),
        at_most(
            f"the same of {len(off)} unlike settings: the median",
            statistics.median(off.values()),
            1.5,
            "times",
        ),
        at_most(
            f"the worst of them, {max(off, key=off.__getitem__)}", max(off.values()), 2, "times"
        ),
        at_most(
            f"memory of them, the worst, {max(wrong, key=wrong.__getitem__)}",
            max(wrong.values()),
            1.5,
            "times",
        ),
        _refused(),
    ]


def _train(folder: Path, config: nn.TrainingConfig, pace: Pace) -> tuple[float, float]:
    """How long a training takes, and the most memory that it has."""
    write_config(folder, config.to_dict())
    began, most = time.monotonic(), 0
    training = process.start_process(process.train_command_line(folder, False), folder)
    with training:
        while training.poll() is None:
            most = max(most, _own_memory(training.pid))
            time.sleep(LOOK_SECONDS)
    seconds = time.monotonic() - began
    pace.hear(Run(folder))
    return seconds, most


def _own_memory(process_id: int) -> int:
    """The bytes that a process shares with no file: programs and data are the server's too."""
    try:
        lines = Path(f"/proc/{process_id}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:  # it has just ended
        return 0
    own = [line.split()[1] for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:"))]
    return 1024 * sum(map(int, own))


def _refused() -> Row:
    """The largest settings that the page has, where half an hour is allowed."""
    faults = []
    limits = {"SCRATCH_NN_MAX_MINUTES": str(BUDGET_MINUTES)}
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, limits):
        jobs = Jobs(Path(folder), 1, process.train_command_line)
        try:
            jobs.start(LARGEST)
            faults.append("it was started")
        except ValueError as error:
            faults += [] if "are allowed" in str(error) else [str(error)]
        faults += [path.name for path in Path(folder).iterdir()]
    return none_of(f"the longest training is let in where {BUDGET_MINUTES} min are allowed", faults)


PART = Part(measure, seconds=900)
