"""How large the networks of some settings are, and how large they may be for one visitor."""

import data
import nn
from nn import cost
from nn.layers import row

MAX_PARAMETERS = 5_000_000
"""A larger network would take the memory of the other visitors."""
MAX_BATCH_FILTERS = 8192
"""Images of a batch times filters of the first convolution: so many places are filled at once that
more would, too."""
MAX_ANSWER_COST = 400_000_000
"""Of one answer, all moved and turned copies together: 10,000 test images take a minute or two."""
PIXELS = 28 * 28


def network_layers(config: nn.TrainingConfig) -> list[nn.Layer]:
    """The layers of one network of these settings, without weights."""
    return nn.build_layers(config, PIXELS, data.DATASETS[config.dataset].num_classes)


def count_parameters(config: nn.TrainingConfig) -> int:
    """How many numbers the training has to find, without building the network."""
    return sum(row.count_parameters(network_layers(one)) for one in config.members)


def answer_cost(config: nn.TrainingConfig) -> int:
    """How long an answer of the trained network takes, see `nn.cost.answer_cost`."""
    of_one_copy = sum(cost.answer_cost(network_layers(one), PIXELS) for one in config.members)
    return of_one_copy * config.averaging.copies


class TooLarge(ValueError):
    """A network that takes too much of the server; the message is for the visitor.

    field: the setting to change first.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_size(config: nn.TrainingConfig) -> None:
    """TooLarge if a visitor may not train that much."""
    if count_parameters(config) > MAX_PARAMETERS:
        raise TooLarge(
            "hidden",
            f"{count_parameters(config):,} parameters are too many for this page; "
            f"at most {MAX_PARAMETERS:,} are allowed. Make the hidden layers narrower.",
        )
    if config.convolutions:
        most = MAX_BATCH_FILTERS // config.convolutions[0]
        if config.batch_size > most:
            raise TooLarge(
                "batch_size",
                f"A batch of {config.batch_size:,} images is too large for the memory here with "
                f"{config.convolutions[0]} filters in the first convolution; "
                f"at most {most:,} are allowed.",
            )
    if answer_cost(config) > MAX_ANSWER_COST:
        number = config.averaging.copies
        advice = "fewer filters or networks"
        if number > 1:
            advice += f", or a smaller test-time shift or rotation: they make {number} copies"
        field = (
            "test_time_shift" if number > 1 else "convolutions" if config.convolutions else "hidden"
        )
        raise TooLarge(
            field,
            "Answers of this network would take "
            f"{answer_cost(config) / MAX_ANSWER_COST:,.1f} times as long as is allowed on this "
            f"page. Choose {advice}.",
        )
