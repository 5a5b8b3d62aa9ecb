"""The files of a run: its events, settings and checkpoints, and the recipes of trainings."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import click
import numpy as np

import nn
from nn.cli.train import recipes
from nn.files import read_tensors, write_tensors
from nn.runs import Run
from nn.training.build import build_network, build_trainer
from nn.training.checkpoint import FORMAT, load_checkpoint, save_checkpoint
from nn.training.divergence import TrainingDiverged
from nn.training.events import BatchEnd
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import as_json, changed_bytes, changed_value
from tests.ui.runs.every_word import every_word

CONFIGS = [
    nn.TrainingConfig(dataset="digits", hidden=(16,), epochs=6, val_size=200).to_dict(),
    nn.TrainingConfig(
        dataset="digits",
        hidden=(16,),
        epochs=3,
        ensemble=2,
        optimizer="adam",
        schedule="cosine",
        warmup_epochs=1,
        dropout=0.2,
        shift=1,
        other_members=(nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=2),),
    ).to_dict(),
]


def _events() -> list[dict[str, Any]]:
    """Those of a training of two epochs, with all that can happen to one."""
    losses = {"train_loss": 0.9, "train_accuracy": 0.7}
    validation = {"val_loss": 0.8, "val_accuracy": 0.75}
    speed = {"samples_per_second": 9e4, "learning_rate": 0.1}
    started: dict[str, Any] = {
        "epochs": 6,
        "batch_size": 64,
        "steps_per_epoch": 20,
        "train_samples": 1242,
    }
    started |= {"val_samples": 200, "test_samples": 355, "num_parameters": 25460, "threads": 2}
    closing: dict[str, Any] = {
        "test_accuracy": 0.9,
        "test_loss": 0.5,
        "train_loss": 0.4,
        "best_epoch": 2,
    }
    closing |= {"temperature": 1.2, "seconds": 3.5, "samples_per_second": 8e4, "hint": None}
    told: list[tuple[str, int, float, dict[str, Any]]] = [
        ("started", 0, 0.0, {**started, "dataset": "digits"}),
        ("progress", 1, 0.05, {**losses, **speed}),
        ("progress", 10, 0.5, {**losses, **speed}),
        ("checkpoint", 10, 0.5, {}),
        ("validating", 20, 1, {"share": 0.5}),
        ("epoch", 20, 1, {**losses, **validation, "test_accuracy": 0.7}),
        ("set", 22, 1.1, {"name": "learning_rate", "value": 0.05}),
        ("paused", 25, 1.25, {}),
        ("resumed", 22, 1.1, {"from_step": 22, "threads": 2}),
        ("progress", 30, 1.5, {**losses, **speed}),
        ("epoch", 40, 2, {**losses, **validation, "test_accuracy": 0.8}),
        ("progress", 50, 2.5, {**losses, **speed}),
        ("measuring", 60, 3.0, {}),
    ]
    ends: dict[str, dict[str, Any]] = {
        "finished": closing,
        "stopped": closing,
        "failed": {"message": "it broke"},
    }
    told += [(kind, 60, 3.0, fields) for kind, fields in ends.items()]
    return [
        {"type": kind, "time": 1.7e9 + step / 10, "step": step, "epoch": epoch, **fields}
        for kind, step, epoch, fields in told
    ]


def events(folder: Path) -> Trial:
    """`events.jsonl`, read whole or while it grows."""
    logging.disable(logging.WARNING)  # Streamlit's, that there is no page
    whole = _events()
    for number, config in enumerate(CONFIGS):
        (folder / str(number)).mkdir()
        (folder / str(number) / "config.json").write_text(json.dumps(config), encoding="utf-8")

    def trial(rng: Random) -> None:
        run_folder = folder / str(rng.randrange(len(CONFIGS)))
        told = rng.sample(whole, rng.randint(1, len(whole)))
        told.sort(key=lambda event: (event["step"], rng.random()))
        for place in rng.sample(range(len(told)), rng.randint(1, min(3, len(told)))):
            told[place] = changed_value(rng, told[place])
        content = "".join(as_json(event) + "\n" for event in told).encode()
        if rng.random() < 0.3:
            content = changed_bytes(rng, content)
        is_live = rng.random() < 0.3
        first = rng.randrange(len(content) + 1) if is_live else len(content)
        path = run_folder / "events.jsonl"
        path.write_bytes(content[:first])
        run = Run(run_folder)
        _say_all(run)
        if is_live:
            with path.open("ab") as file:
                file.write(content[first:])
            run.refresh()
            _say_all(run)

    return trial


def _say_all(run: Run) -> None:
    """Pages refuse no run: a ValueError, too, would be a fault."""
    try:
        every_word(run)
    except ValueError as error:
        raise AssertionError("a page raised a ValueError") from error


def configs(folder: Path) -> Trial:
    """`config.json`, with the events of a training that is finished."""
    logging.disable(logging.WARNING)
    content = "".join(as_json(event) + "\n" for event in _events()[:-1]).encode()
    (folder / "events.jsonl").write_bytes(content)

    def trial(rng: Random) -> None:
        config = rng.choice(CONFIGS)
        text = as_json(changed_value(rng, config)).encode()
        if rng.random() < 0.3:
            text = changed_bytes(rng, text)
        (folder / "config.json").write_bytes(text)
        run = Run(folder)
        if rng.random() < 0.3:
            _say_all(run)
        nn.TrainingConfig.from_dict(run.config)

    return trial


_IMAGES = np.random.default_rng(0).integers(0, 256, (90, 6, 6), dtype=np.uint8)
_LABELS = np.arange(90) % 3
_TRAININGS: list[dict[str, Any]] = [
    {"optimizer": "sgd", "momentum": 0.9},
    {"optimizer": "adam", "dropout": 0.2, "batch_norm": True},
    {"optimizer": "adam", "ensemble": 2},
]
_TRAINED_STEPS = (6, 6, 18)


def checkpoints(folder: Path) -> Trial:
    """Checkpoints: their values, tensors and bytes."""
    saved = []
    for number, (settings, steps) in enumerate(zip(_TRAININGS, _TRAINED_STEPS, strict=True)):
        config = nn.TrainingConfig.from_dict(
            {"hidden": (5,), "batch_size": 16, "epochs": 3, "val_size": 10, **settings}
        )

        def make(config: nn.TrainingConfig = config) -> Any:
            return build_trainer(config, build_network(config, _IMAGES, "abc"), _IMAGES, _LABELS)

        trainer = make()
        for event in trainer.run():
            if isinstance(event, BatchEnd) and event.step == steps:
                break
        path = folder / str(number)
        save_checkpoint(trainer, path)
        tensors, metadata = read_tensors(path, FORMAT)
        saved.append((make, path.read_bytes(), tensors, metadata))
    made: dict[int, Any] = {}

    def trial(rng: Random) -> None:
        number = rng.randrange(len(saved))
        make, content, tensors, metadata = saved[number]
        path = folder / "tried"
        what = rng.random()
        if what < 0.2:
            path.write_bytes(changed_bytes(rng, content))
        else:
            values = json.loads(metadata["values"])
            if what < 0.9:
                values = changed_value(rng, values)
            if what > 0.8:
                tensors = _changed_tensors(rng, tensors)
            text = as_json(values)
            if what < 0.3:
                text = changed_bytes(rng, text.encode()).decode(errors="replace")
            metadata = {"format": FORMAT, "values": text}
            write_tensors(path, tensors, metadata, checksum=rng.random() < 0.5)
        trainer = made.get(number) or make()
        made[number] = trainer
        load_checkpoint(trainer, path)
        del made[number]  # it goes on somewhere else now
        try:
            for event in trainer.run():
                if event.step % 5 == 0:
                    trainer.state()
        except TrainingDiverged:
            pass

    return trial


def _changed_tensors(rng: Random, tensors: dict[str, Any]) -> dict[str, Any]:
    changed = dict(tensors)
    name = rng.choice(list(changed))
    changes: list[Callable[[Any], Any]] = [
        lambda tensor: tensor[..., :-1],
        lambda tensor: tensor.ravel(),
        lambda tensor: tensor.astype(np.float64),
        lambda tensor: tensor.astype(np.float16),
        lambda tensor: tensor.astype(np.int64),
        lambda tensor: tensor * np.float32(np.nan),
        lambda tensor: tensor * np.float32(1e30),
        lambda tensor: np.zeros((0,), np.float32),
    ]
    with np.errstate(all="ignore"):
        changed[name] = rng.choice(changes)(changed[name])
    if rng.random() < 0.3:
        changed[name + "x"] = changed.pop(name)
    return changed


def recipe_files(folder: Path) -> Trial:
    """Recipes in TOML."""
    shipped = [path.read_bytes() for path in recipes.FOLDER.glob("*.toml")]
    recipes.FOLDER = folder

    def trial(rng: Random) -> None:
        content = changed_bytes(rng, rng.choice(shipped))
        what = rng.random()
        if what < 0.1:
            content += b"a" + b".a" * rng.randrange(5000) + b" = 1\n"
        elif what < 0.2:
            content += b"x = " + b"[" * rng.randrange(2000) + b"{" * rng.randrange(2000)
        elif what < 0.4:
            content = content.replace(b"128", rng.choice((b"nan", b"inf", b"[[]]", b"9" * 4000)))
        (folder / "tried.toml").write_bytes(content)
        try:
            recipes.read("tried")
        except click.UsageError as refused:
            raise ValueError(str(refused)) from refused

    return trial
