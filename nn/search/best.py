"""What to train with when a search is over."""

from dataclasses import replace

from nn.search.fields import with_values
from nn.search.reader import Search
from nn.search.settings import SearchSettings
from nn.search.trial import Trial
from nn.training.config import TrainingConfig


def trial_config(settings: SearchSettings, trial: Trial) -> TrainingConfig:
    """The settings of a trial; ValueError if they don't go together."""
    values = {part.name: part.check(trial.params.get(part.name)) for part in settings.space}
    return with_values(settings.base, values)


def best_config(search: Search) -> TrainingConfig | None:
    """The settings of the best trial, for a training with all images; None as long as there is
    none.

    No images are kept back for validation. Where patience would have ended the training it lasts as
    many epochs as the trial's best network had.
    """
    trial = search.best
    if trial is None:
        return None
    config = trial_config(search.settings, trial)
    if config.patience is None:
        return replace(config, val_size=0)
    epochs = trial.best_epoch or config.epochs
    warmup = min(config.warmup_epochs, epochs)
    return replace(config, val_size=0, patience=None, epochs=epochs, warmup_epochs=warmup)
