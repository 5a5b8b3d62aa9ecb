"""Set-ups by chance, from all that the page can be set to."""

from random import Random

import numpy as np

from data.plane.catalog import SETS
from data.plane.points import Points
from nn.losses import VALUE_LOSSES
from nn.optimizers import OPTIMIZERS
from nn.plane.config import PLANE_ACTIVATIONS, PLANE_INITIALIZERS, PlaneConfig
from nn.plane.features import FEATURES
from ui.playground.own_points import OwnPoints
from ui.playground.setup import CONTROLS, OWN, SPEEDS, Setup


def random_config(random: Random, classes: int) -> PlaneConfig:
    hidden = tuple(random.randint(1, 16) for _ in range(random.randint(0, 6)))
    names = random.sample(list(FEATURES), random.randint(1, len(FEATURES)))
    return PlaneConfig(
        inputs=tuple(name for name in FEATURES if name in names),
        hidden=hidden,
        activations=tuple(random.choice(PLANE_ACTIVATIONS) for _ in hidden),
        initializer=random.choice(PLANE_INITIALIZERS),
        init_scale=random.choice([1.0, 10.0, 0.37]),
        classes=classes,
        loss=random.choice(list(VALUE_LOSSES)) if classes else "squared",
        optimizer=random.choice(list(OPTIMIZERS)),
        momentum=random.choice([0.0, 0.9]),
        learning_rate=random.choice([0.03, 1e-5, 10.0, random.uniform(1e-5, 10)]),
        l1=random.choice([0.0, random.random()]),
        l2=random.choice([0.0, 0.001]),
        batch_size=random.choice([0, 10, random.randint(1, 2000)]),
    )


def random_points(random: Random, classes: int) -> Points:
    rng = np.random.default_rng(random.randrange(2**32))
    count = random.randint(2, 300)
    x = rng.uniform(-6, 6, (count, 2))
    if classes:
        kinds = rng.integers(0, classes, count).astype(float)
        return Points(x, 2 * kinds - 1 if classes == 2 else kinds, classes)
    return Points(x, rng.uniform(-1, 1, count), 0)


def random_setup(random: Random) -> Setup:
    own = random.random() < 0.2
    data = OWN if own else random.choice(list(SETS))
    classes = random.choice([0, 2, 3, 6]) if own else SETS[data].classes
    arms = tuple(random_config(random, classes) for _ in range(random.randint(1, 2)))
    return Setup(
        data=data,
        formula=random.choice(["", "sin(x1)", "x1^2 - |x1| * 2 + 1"]),
        points=random.randint(20, 2000),
        noise=random.randint(0, 50),
        share=random.randint(10, 90),
        points_seed=random.choice([0, random.randrange(2**31)]),
        own=OwnPoints.of(random_points(random, classes)) if own else None,
        arms=arms,
        chosen=random.randrange(len(arms)),
        stop_loss=random.choice([None, 0.05, 0.0]),
        stop_still=random.random() < 0.5,
        show_test=random.random() < 0.5,
        discrete=random.random() < 0.5,
        speed=random.choice(SPEEDS),
        hide=frozenset(random.sample(CONTROLS, random.choice([0, 3]))),
        lock=frozenset(random.sample(CONTROLS, random.choice([0, 2]))),
    ).with_seed(random.choice([0, random.randrange(2**31)]))
