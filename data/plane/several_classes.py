"""Sets of points in three classes, and arms of a spiral for any number of them."""

import numpy as np

from data.plane.points import Array, Points


def three_blobs(count: int, noise: float, rng: np.random.Generator) -> Points:
    """Three clouds at the corners of a triangle, 3 from the middle."""
    cloud = np.arange(count) % 3
    angle = np.pi / 2 + 2 * np.pi * cloud / 3
    centres = 3 * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return Points(centres + rng.normal(0, 0.7 + 2 * noise, (count, 2)), cloud.astype(float), 3)


def three_arms(count: int, noise: float, rng: np.random.Generator) -> Points:
    """A spiral of three arms."""
    x, arm = arms(count, noise, rng, 3)
    return Points(x, arm.astype(float), 3)


def arms(count: int, noise: float, rng: np.random.Generator, number: int) -> tuple[Array, Array]:
    """Points (count, 2) on so many arms that wind 1.75 times around the middle out to 5, as those
    of TensorFlow Playground, each moved by up to `noise` both ways; and the arm of each."""
    place = np.arange(count)
    arm, along = place % number, (place // number) / (count / number)
    turn = 1.75 * along * 2 * np.pi + 2 * np.pi * arm / number
    x = (5 * along)[:, np.newaxis] * np.stack((np.sin(turn), np.cos(turn)), axis=1)
    return x + rng.uniform(-1, 1, (count, 2)) * noise, arm
