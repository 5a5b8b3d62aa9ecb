"""What a run has kept of its way, as the pages read it."""

import json
import logging
from pathlib import Path
from random import Random

from tests.nn.history.small_trainings import make, train
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import as_json, changed_bytes, changed_value
from ui.figures.update_ratio import update_ratio
from ui.runs.kept import FILES, Kept, kept
from ui.train.watching import health


def histories(folder: Path) -> Trial:
    """One of the files of a small network's history."""
    logging.disable(logging.WARNING)
    train(folder, make())
    files = {path: path.read_bytes() for path in (folder / "history" / "0").iterdir()}

    def trial(rng: Random) -> None:
        path = rng.choice(list(files))
        content = files[path]
        if path.suffix == ".json" and rng.random() < 0.8:
            changed = as_json(changed_value(rng, json.loads(content))).encode()
        else:
            changed = changed_bytes(rng, content, most=20)
        path.write_bytes(changed)
        try:
            _look(rng, folder)
        finally:
            path.write_bytes(content)

    return trial


def _look(rng: Random, folder: Path) -> None:
    """Pages refuse no run: what can't be read is as if it weren't there."""
    kind = rng.choice(list(FILES))
    try:
        found = kept(folder, rng.choice(("digits", "mnist", "x")), 0, kind)
        if found is None:
            return
        assert len(found.names) == len(found.steps) > 0
        step = rng.choice((found.steps[0], found.steps[-1], 5))
        found.record(step)
        if kind == "health":
            _look_at_health(found, step)
        elif kind == "whole":
            found.history.network_at(found.record(step))
    except ValueError as error:
        raise AssertionError("a page raised a ValueError") from error


def _look_at_health(found: Kept, step: int) -> None:
    json.dumps(health._layers(*found.key, step, found), allow_nan=False)
    ratios = health._ratios(*found.key, found)
    update_ratio(ratios["epochs"], ratios["layers"], 0.0, found.name)
    health._alt(ratios, step)
