"""The path of a training beside a sheet, which it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nn.averaging import ALONE
from nn.evaluation.accuracy import loss_and_accuracy
from nn.images import check_samples
from nn.landscape.sheet import Sheet
from nn.losses import CrossEntropyLoss
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray


@dataclass(frozen=True)
class Path:
    """For each of the networks on a path:

    coordinates: (n, 2) x and y of the nearest point of the sheet.
    distances: (n,) how far from the sheet it is, in the length of the vector of all parameters.
    losses: (n,) its own mean loss.
    sheet_losses: (n,) that of the network at the nearest point of the sheet.
    """

    coordinates: Array
    distances: Array
    losses: Array
    sheet_losses: Array


def path_beside(
    sheet: Sheet,
    networks: Sequence[Network],
    images: Array,
    labels: Array,
    loss: Loss | None = None,
) -> Path:
    """Where the networks are, and their loss on images (n, in_features) or (n, height, width) with
    labels (n,), the cross-entropy if no other is given. Raises ValueError if images or labels don't
    fit."""
    loss = loss or CrossEntropyLoss()
    of = sheet.network
    images, labels = check_samples("path", images, labels, of.in_features, of.num_classes)
    found = []
    with np.errstate(over="ignore", invalid="ignore"):
        for network in networks:
            x, y, distance = sheet.coordinates(network)
            own, nearest = (
                loss_and_accuracy(one, loss, images, labels, averaging=ALONE)[0]
                for one in (network, sheet.network_at(x, y))
            )
            found.append((x, y, distance, own, nearest))
    table = np.array(found).reshape(-1, 5)
    return Path(table[:, :2], table[:, 2], table[:, 3], table[:, 4])
