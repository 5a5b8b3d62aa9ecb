"""How far a training is, on standard error."""

import sys
from typing import Any, Self

from nn.evaluation.percent import percent
from nn.runs.durations import measured


class ProgressBar:
    """A tqdm bar on a terminal, one line per epoch elsewhere, nothing when `quiet`.

    `epoch` is how many epochs are done already, when a run goes on from a checkpoint.
    """

    def __init__(
        self,
        epochs: int,
        train_samples: int,
        epoch: float = 0,
        *,
        val_samples: int = 0,
        quiet: bool = False,
    ) -> None:
        self._epochs = epochs
        self._samples = train_samples
        self._val_samples = val_samples
        self._quiet = quiet
        self._bar: Any = None
        if not quiet and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=epochs * train_samples,
                initial=round(epoch * train_samples),
                bar_format="{desc} {percentage:3.0f} % |{bar}| {elapsed} < {remaining}{postfix}",
                dynamic_ncols=True,
                leave=True,
            )

    def progress(
        self, epoch: float, loss: float, accuracy: float, samples_per_second: float
    ) -> None:
        """Show the newest values; `accuracy` in [0, 1], `epoch` counts finished epochs."""
        if self._bar is None:
            return
        self._bar.set_description_str(
            f"epoch {min(int(epoch) + 1, self._epochs)}/{self._epochs}", refresh=False
        )
        self._bar.set_postfix_str(
            f"loss {loss:.4f}, accuracy {percent(accuracy)}, {samples_per_second:,.0f} samples/s",
            refresh=False,
        )
        self._bar.update(round(epoch * self._samples) - self._bar.n)
        self._bar.refresh()

    def validating(self, share: float) -> None:
        """Show how much of the validation images is done."""
        if self._bar is not None:
            self._bar.set_postfix_str(f"checking on the validation images, {percent(share)}")

    def epoch(
        self, epoch: int, loss: float, accuracy: float, val_accuracy: float | None, seconds: float
    ) -> None:
        """Tell that an epoch is over, where no bar can be drawn."""
        if self._bar is not None or self._quiet:
            return
        validation = ""
        if val_accuracy is not None:
            validation = f", validation {percent(val_accuracy, self._val_samples)}"
        print(
            f"epoch {epoch}/{self._epochs}: loss {loss:.4f}, "
            f"accuracy {percent(accuracy, self._samples)}{validation}, {measured(seconds)}",
            file=sys.stderr,
            flush=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
