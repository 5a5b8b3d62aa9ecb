"""The list of models: those that ship with the project and those of the runs."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import data
import nn
from data.saved_predictions import saved_accuracy
from nn import runs
from ui.models.load import load_outline
from ui.models.model_choice import ModelChoice
from ui.runs import text as run_text
from ui.runs.told_apart import told_apart
from ui.shared.percent import percent

SHIPPED_FOLDER = Path(__file__).resolve().parents[2] / "models"


def list_models() -> list[ModelChoice]:
    """All models, the shipped ones first, then those of the runs, newest first.

    Shipped files that can't be read are left out. The file of a run is not opened here, because
    there may be many: `load_model` refuses a bad one.
    """
    shipped = [_shipped_choice(path) for path in sorted(SHIPPED_FOLDER.glob("*.safetensors"))]
    shipped.sort(key=lambda choice: choice is None or choice.key != "default")
    choices = [choice for choice in shipped if choice]
    keys = {choice.key for choice in choices}
    for run in runs.list_runs():
        if run.model_path.is_file():
            try:
                choice = _run_choice(run)
            except (OSError, ValueError):  # it has just been removed
                continue
            # A folder that a terminal named like a shipped model gets another key.
            choices.append(replace(choice, key=f"run-{run.id}") if run.id in keys else choice)
    return _with_distinct_titles(choices)


def _shipped_choice(path: Path) -> ModelChoice | None:
    try:
        outline = load_outline(path)
    except (OSError, ValueError):
        return None
    dataset = outline.metadata.get("dataset", "")
    # As the README and the model cards call it. What is long, and may be cut off, comes last.
    parts = [path.stem, _shipped_accuracy(path), _dataset_title(dataset), nn.architecture(outline)]
    title = " · ".join(part for part in parts if part)
    return ModelChoice(key=path.stem, title=title, path=path, dataset=dataset, run=None)


def _shipped_accuracy(path: Path) -> str:
    """Share of right answers in the predictions that came with the model, "" without them."""
    saved = saved_accuracy(path)
    return "" if saved is None else percent(*saved)


def _run_choice(run: runs.Run) -> ModelChoice:
    try:
        events = run.events_path.stat()
        version = events.st_size, events.st_mtime_ns
    except OSError:
        version = 0, 0
    dataset = str(run.config.get("dataset", ""))
    title = run_text.short_line(run, _summary(run.folder, version, run.is_active))
    return ModelChoice(key=run.id, title=title, path=run.model_path, dataset=dataset, run=run)


@lru_cache(maxsize=500)
def _summary(folder: Path, version: tuple[int, int], is_active: bool) -> runs.Summary:
    """Kept as long as the run's events are the same: each click on a page lists all models."""
    return runs.summarise(runs.Run(folder))


def _dataset_title(dataset: str) -> str:
    info = data.DATASETS.get(dataset)
    return info.title if info else dataset


def _with_distinct_titles(choices: list[ModelChoice]) -> list[ModelChoice]:
    """Streamlit's select box knows its options by their titles, so no two may be alike."""
    titles = told_apart({choice.key: choice.title for choice in choices})
    return [replace(choice, title=titles[choice.key]) for choice in choices]
