"""A stand-in for `python -m nn search`: writes events, obeys commands and trains nothing.

Usage: fake_search.py FOLDER. It makes a trial, another with each "trial" that it is sent, and
goes on until it is told otherwise. Besides "pause", "resume" and "stop" it knows "finish".
"""

import json
import sys
from pathlib import Path
from typing import Any

from nn import runs
from nn.search import Choices, Origin, Range, Search, SearchWriter, trial_config, write_origin
from nn.search.space import value_json

folder = Path(sys.argv[1])
before = Search(folder)


def a_value(part: Range | Choices, number: int) -> Any:
    if isinstance(part, Choices):
        return value_json(part.values[number % len(part.values)])
    return part.low + (part.high - part.low) / (number + 1)


def make_trial(search: SearchWriter, number: int) -> None:
    run_id = f"trial-{number}"
    params = {part.name: a_value(part, number) for part in before.settings.space}
    search.write("trial_started", trial=number, run=run_id, params=params)
    config = trial_config(before.settings, Search(folder).trials[number]).to_dict()
    with runs.RunWriter(folder.parents[1] / run_id, config) as run:
        write_origin(run.folder, Origin(folder.name, number))
        run.write("started", epochs=2)
        run.write("finished", 20, 2.0, test_accuracy=0.9)
    value = 1.0 - number / 10
    figures = {"value": value, "val_loss": value, "val_accuracy": 0.9, "epochs": 2, "seconds": 3.0}
    search.write("trial_ended", trial=number, state="finished", **figures)


with SearchWriter(folder) as search:
    search.write("resumed" if before.events else "started")
    if not before.trials:
        make_trial(search, 0)
    for line in sys.stdin:
        command = json.loads(line)["command"]
        if command == "trial":
            make_trial(search, len(Search(folder).trials))
        elif command == "pause":
            search.write("paused")
        elif command == "resume":
            search.write("resumed")
        elif command in ("stop", "finish"):
            search.write("stopped" if command == "stop" else "finished")
            break
    else:
        search.write("left")
