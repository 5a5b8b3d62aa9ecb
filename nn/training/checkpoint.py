"""Checkpoints: a training's state in a safetensors file."""

import json
import os

from nn.files import read_tensors, write_tensors
from nn.training.ensemble_trainer import EnsembleTrainer
from nn.training.state import TrainingState
from nn.training.trainer import Trainer

FORMAT = "scratch-nn checkpoint 2"


def save_checkpoint(trainer: Trainer | EnsembleTrainer, path: str | os.PathLike) -> None:
    """Write all that `load_checkpoint` needs to `path`, replacing a file there in one step."""
    state = trainer.state()
    metadata = {"format": FORMAT, "values": json.dumps(state.values)}
    write_tensors(path, state.tensors, metadata, checksum=True)


def load_checkpoint(trainer: Trainer | EnsembleTrainer, path: str | os.PathLike) -> None:
    """Let a trainer, built with the same arguments, go on exactly where the saved one was.

    Raises ValueError if the file is no checkpoint, or that of another training, and the usual
    OSError if it can't be opened.
    """
    tensors, metadata = read_tensors(path, FORMAT)
    try:
        trainer.restore(TrainingState(tensors, json.loads(metadata["values"])))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path} is no checkpoint for this training: {error}") from error
