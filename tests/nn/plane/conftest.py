import numpy as np
import pytest

from nn.plane import PlaneConfig, PlaneTraining


def circle(count: int, seed: int):
    """Points in a disc, +1, and in a ring around it, -1."""
    rng = np.random.default_rng(seed)
    inside = np.arange(count) % 2 == 0
    radius = np.where(inside, rng.uniform(0, 2.5, count), rng.uniform(3.5, 5, count))
    angle = rng.uniform(0, 2 * np.pi, count)
    x = np.stack((radius * np.sin(angle), radius * np.cos(angle)), axis=1)
    return x, np.where(inside, 1.0, -1.0)


@pytest.fixture
def points():
    """Gives points to train on and to test with, for so many classes (0: heights)."""

    def made(classes: int = 2, count: int = 250):
        sets = []
        for seed in (1, 2):
            x, targets = circle(count, seed)
            if classes == 0:
                targets = np.sin(x[:, 0]) * x[:, 1] / 5
            elif classes > 2:
                targets = np.floor((x[:, 0] + 5) / 10.001 * classes)
            sets.append((x, targets))
        return sets

    return made


@pytest.fixture
def training(points):
    """Gives a training with these fields of its set-up."""

    def made(**fields) -> PlaneTraining:
        config = PlaneConfig(**fields)
        return PlaneTraining(config, *points(config.classes))

    return made
