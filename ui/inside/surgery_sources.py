"""Where swapped neurons come from: another moment of the training, or another model."""

from typing import NamedTuple

import nn
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.landscape_others import others_of
from ui.models.load import load_stamped
from ui.models.model_choice import ModelChoice
from ui.runs.kept import Kept
from ui.shared.whole_number import whole_number

_STEP, _MODEL = "step-", "model-"


class Sources(NamedTuple):
    """All that there are, by their names in the address.

    kept: the moments of the network's training, None if it has kept none.
    models: those of the same layers.
    """

    kept: Kept | None
    models: dict[str, ModelChoice]

    @property
    def names(self) -> dict[str, str]:
        """In words; the models first."""
        models = {_MODEL + key: choice.title for key, choice in self.models.items()}
        if self.kept is None:
            return models
        moments = zip(self.kept.steps, self.kept.names, strict=True)
        return models | {f"{_STEP}{step}": f"This training, {name}" for step, name in moments}

    def known(self, source: str) -> str | None:
        """The name of one that is there; of a moment the nearest that is still kept."""
        step = whole_number(source.removeprefix(_STEP)) if source.startswith(_STEP) else None
        if step is not None and self.kept is not None:
            source = f"{_STEP}{int(self.kept.record(step)['step'])}"
        return source if source in self.names else None

    def network(self, source: str) -> tuple[nn.Network, str]:
        """One that is known, and a key for it. ValueError or OSError where its file is gone."""
        if source.startswith(_MODEL):
            choice = self.models[source.removeprefix(_MODEL)]
            network, stamp = load_stamped(choice)
            return network, f"{choice.path}:{stamp}"
        assert self.kept is not None  # or it would not be known
        step = int(source.removeprefix(_STEP))
        network = self.kept.history.network_at(self.kept.record(step))
        return network, f"{self.kept.history.folder}:{self.kept.begun}@{step}"


def sources_of(chosen: ChosenNetwork) -> Sources:
    """For this network."""
    return Sources(
        chosen.kept("whole"), {k: one for k, one in others_of(chosen).items() if "~" not in k}
    )
