"""The landscape of the loss around a network: which sheet, how high it lies, the path beside it."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import nn
from nn.averaging import ALONE
from nn.evaluation.accuracy import loss_and_accuracy
from nn.history import History
from nn.landscape.directions import path_sheet, random_sheet, straight_line
from nn.landscape.loss_grid import LossGrid, loss_grid
from nn.landscape.path import path_beside
from nn.landscape.sheet import Sheet
from nn.losses import CrossEntropyLoss
from nn.plain_state import network_from
from ui.long_work.piece import Progress

Array = np.ndarray

PATH, RANDOM, LINE = "path", "random", "line"
"""Which directions: of a training's path, random ones, and from one network to another."""
FEWEST_MOMENTS = 3
"""That a path takes."""
LINE_POINTS = np.linspace(-0.25, 1.25, 25)
"""Both ends of the line, at 0 and 1, are among them."""
_BEYOND = 1.3
"""So much wider than the path its usual picture is."""
_COARSE = (4, 2)
"""At first every fourth point alone is looked at, then every second."""
_TOGETHER = 4
"""Networks of the path, from one sign of progress to the next."""


class Source(NamedTuple):
    """What a sheet is made of; small enough to be sent to another process.

    by: PATH, RANDOM or LINE.
    state: of the network, see `nn.plain_state`; not of a path.
    seed: of random directions.
    other: the state of the network at the other end of the line.
    folder, member: the run whose path it is, and which of its networks.
    """

    by: str
    state: dict[str, Any] | None = None
    seed: int = 0
    other: dict[str, Any] | None = None
    folder: Path | None = None
    member: int = 0


@dataclass(frozen=True)
class Ground:
    """A sheet and what is known of it at once.

    path: (n, 2) the coordinates of the networks on it, none of other sheets.
    steps, epochs: of these.
    shares: (2,) of the path's variance that the directions hold; None of other sheets.
    apart: how far from each other the path's ends are.
    """

    sheet: Sheet
    path: Array
    steps: list[int]
    epochs: list[float]
    shares: Array | None = None
    apart: float = 0.0

    def axes(self, points: int, extent: float) -> tuple[Array, Array]:
        """The x and y of a picture of `points` times as many points. With an extent of 1 all of
        the path is in it, or of random directions what is up to 1 away."""
        if not len(self.path):
            side = np.linspace(-extent, extent, points)
            return side, side
        low, high = self.path.min(axis=0), self.path.max(axis=0)
        half = np.maximum((high - low) / 2, 1e-6) * _BEYOND * extent
        sides = np.linspace((low + high) / 2 - half, (low + high) / 2 + half, points)
        return sides[:, 0], sides[:, 1]


@dataclass(frozen=True)
class Landscape:
    """What the picture shows.

    xs, ys: (columns,), (rows,).
    losses, accuracies: (rows, columns).
    images: how many of them were looked at.
    distances, path_losses, sheet_losses: (n,) along the path, see `nn.landscape.path.Path`; of as
        many of its networks as there are yet.
    """

    xs: Array
    ys: Array
    losses: Array
    accuracies: Array
    images: int
    distances: Array
    path_losses: Array
    sheet_losses: Array


def ground_of(source: Source) -> Ground:
    """The sheet; ValueError if there is none."""
    return _ground_and_path(source)[0]


def _ground_and_path(source: Source) -> tuple[Ground, list[nn.Network]]:
    """With the networks on the path."""
    if source.by == PATH:
        assert source.folder is not None
        history = History(source.folder, source.member)
        records = history.whole()
        # What diverged has no place.
        records = records[np.isfinite(records["values"]).all(axis=1)]
        networks = [history.network_at(record) for record in records]
        sheet, shares = path_sheet(networks)
        places = np.array([sheet.coordinates(network)[:2] for network in networks])
        apart = float(np.linalg.norm(networks[-1].parameters - networks[0].parameters))
        steps, epochs = records["step"].tolist(), records["epoch"].tolist()
        return Ground(sheet, places, steps, epochs, shares, apart), networks
    assert source.state is not None
    network = network_from(source.state)
    if source.by == LINE:
        assert source.other is not None
        sheet = straight_line(network, network_from(source.other))
    else:
        sheet = random_sheet(network, source.seed)
    return Ground(sheet, np.empty((0, 2)), [], []), []


def picture_axes(by: str, ground: Ground, points: int, extent: float) -> tuple[Array, Array]:
    """The x and y of all points that are looked at; of a line always `LINE_POINTS`, at y = 0."""
    return (LINE_POINTS, np.zeros(1)) if by == LINE else ground.axes(points, extent)


def landscape(
    source: Source, images: Array, labels: Array, points: int, extent: float
) -> Generator[Progress, None, Landscape]:
    """The loss over a sheet, `points` times as many points, and along the path beside it.

    Args:
        source: of the sheet.
        images, labels: (n, 28, 28) uint8 and (n,), what the loss is the mean over.
        points: in each direction; of a line they are `LINE_POINTS` instead.
        extent: see `Ground.axes`.
    """
    yield Progress(0, "looks for the directions")
    ground, networks = _ground_and_path(source)
    xs, ys = picture_axes(source.by, ground, points, extent)
    del source  # its networks are in the sheet
    found = None
    for share, found in _sharper(ground.sheet, images, labels, xs, ys):
        words = f"{len(found.xs)} × {len(found.ys)} points, {found.images:,} images"
        yield Progress(share * (0.7 if networks else 1), words, found)
    assert found is not None  # there is at least one image
    count = len(networks)
    for start in range(0, count, _TOGETHER):
        some = networks[start : start + _TOGETHER]
        beside = path_beside(ground.sheet, some, images, labels)
        found = replace(
            found,
            distances=np.append(found.distances, beside.distances),
            path_losses=np.append(found.path_losses, beside.losses),
            sheet_losses=np.append(found.sheet_losses, beside.sheet_losses),
        )
        done = start + len(some)
        yield Progress(0.7 + 0.3 * done / count, f"the path, {done} of {count} moments", found)
    return found


def loss_of(
    network: nn.Network, images: Array, labels: Array
) -> Generator[Progress, None, tuple[float, float]]:
    """Mean loss and accuracy of a network on such images as `landscape` looks at."""
    yield Progress(0, "asks the network")
    size = network.inference_batch
    loss = accuracy = 0.0
    for start in range(0, len(images), size):
        some = slice(start, start + size)
        with np.errstate(over="ignore", invalid="ignore"):  # far out it may be infinite
            found = loss_and_accuracy(
                network, CrossEntropyLoss(), images[some], labels[some], averaging=ALONE
            )
        loss += found[0] * len(labels[some])
        accuracy += found[1] * len(labels[some])
        yield Progress(min(1, (start + size) / len(images)), "asks the network")
    return loss / len(images), accuracy / len(images)


def _sharper(
    sheet: Sheet, images: Array, labels: Array, xs: Array, ys: Array
) -> Iterator[tuple[float, Landscape]]:
    """Pictures that get sharper, the last one exact, and how much of the work is done with each."""
    coarse = [step for step in _COARSE if len(ys) > 2 * step]
    for step in coarse:
        grid = next(loss_grid(sheet, images, labels, xs[::step], ys[::step]))
        part = grid.images / len(images) / step**2
        yield part / (1 + part), _without_path(grid)
    for grid in loss_grid(sheet, images, labels, xs, ys):
        share = grid.images / len(images)
        yield 0.2 + 0.8 * share if coarse else share, _without_path(grid)


def _without_path(grid: LossGrid) -> Landscape:
    none = np.empty(0)
    return Landscape(grid.xs, grid.ys, grid.losses, grid.accuracies, grid.images, none, none, none)
