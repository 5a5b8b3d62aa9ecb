"""What came of a training, at its end."""

from typing import TYPE_CHECKING, Any

import nn
from nn.evaluation.accuracy import USUAL_CAUSE, hint, loss_and_accuracy
from nn.evaluation.percent import percent
from nn.history.recorder import probe
from nn.history.standstill import standstill_of
from nn.runs import Run
from nn.runs.durations import measured

if TYPE_CHECKING:
    from data import Dataset


def final_results(
    trainer: nn.Trainer | nn.EnsembleTrainer, network: nn.Network, run: Run, dataset: "Dataset"
) -> dict[str, Any]:
    """What the trainer's calibrated network is worth: the fields of a run's closing event.

    `seconds` is training time only. `train_loss` is the mean of the last whole epoch, or of the
    last moments before there is one. `best_epoch` (from 1) is the one whose weights the network
    has; it and the validation values are None without a validation part. `temperature` is the
    network's, None if it was not calibrated. The validation values are from each image alone, as
    after an epoch, those of the test as the network answers. `set_learning_rate` is the one that
    was set last while it trained, None if it kept that of its settings. `hint` is that of
    `nn.evaluation.accuracy` after at least one whole epoch, with its cause; before that None.
    """
    run.refresh()
    last = run.last("epoch") or run.last("progress") or {}
    test_loss, test_accuracy = loss_and_accuracy(
        network, trainer.loss, dataset.test_images, dataset.test_labels
    )
    val_loss = val_accuracy = None
    if trainer.val_images is not None and trainer.val_labels is not None:
        val_loss, val_accuracy = loss_and_accuracy(
            network, trainer.loss, trainer.val_images, trainer.val_labels, averaging=nn.ALONE
        )
    samples = trainer.epoch * trainer.train_samples
    return {
        "test_accuracy": test_accuracy,
        "test_loss": test_loss,
        "val_accuracy": val_accuracy,
        "val_loss": val_loss,
        "temperature": None if network.max_energy is None else network.temperature,
        "train_loss": last.get("train_loss"),
        "best_epoch": trainer.best.epoch if trainer.best else None,
        "seconds": trainer.seconds,
        "samples_per_second": samples / trainer.seconds if trainer.seconds else None,
        "set_learning_rate": (run.last("set") or {}).get("value"),
        "hint": _hint(trainer, test_accuracy, dataset) if trainer.epochs_done else None,
    }


def _hint(
    trainer: nn.Trainer | nn.EnsembleTrainer, test_accuracy: float, dataset: "Dataset"
) -> str | None:
    """What is wrong with a network that has learned nothing, and why; of an ensemble's the last."""
    said = hint(test_accuracy, dataset.test_labels)
    if said is None:
        return None
    one = trainer.current if isinstance(trainer, nn.EnsembleTrainer) else trainer
    images, labels, _ = probe(one)
    cause = standstill_of(one.network.copy(), images, labels, one.loss)
    return f"{said} {cause or USUAL_CAUSE}"


def summary(results: dict[str, Any], dataset: "Dataset", val_samples: int) -> str:
    """The results in a few lines for people."""
    count = len(dataset.test_images)
    lines = [
        f"Test accuracy {percent(results['test_accuracy'], count)} "
        f"({dataset.info.title}, {count:,} images)"
    ]
    if results["val_accuracy"] is not None:
        lines[0] += f", validation accuracy {percent(results['val_accuracy'], val_samples)}"
    if results["temperature"] is not None:
        lines.append(
            "Probabilities calibrated on the validation images "
            f"(temperature {results['temperature']:.2f})"
        )
    if results["samples_per_second"]:
        lines.append(
            f"Trained for {measured(results['seconds'])}, "
            f"{results['samples_per_second']:,.0f} samples/s"
        )
    if results["hint"]:
        lines.append(results["hint"])
    return "\n".join(lines)
