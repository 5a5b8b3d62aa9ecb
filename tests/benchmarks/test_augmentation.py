"""The benchmark of what distorting the images costs."""

import numpy as np

from benchmarks.cases import Case
from benchmarks.competition import Outcome, Settings
from benchmarks.contenders.engine import start
from benchmarks.images import Images
from benchmarks.sections import augmentation as section


def test_the_cost_is_the_time_beyond_the_plain_training(monkeypatch, tmp_path):
    def compete(entrants, settings, measure):
        times = {(False, 1): 2.0, (False, 2): 1.0, (True, 1): 3.0, (True, 2): 1.25}
        return Outcome({e: [times[e.case.augmented, e.threads]] for e in entrants})

    monkeypatch.setattr(section, "compete", compete)
    settings = Settings(rounds=1, cores=2, folder=tmp_path, quick=True)
    made = section.augmentation(settings)
    costs = [line.split("|")[-2].strip() for line in made.text.splitlines() if "784-" in line]
    assert list(map(float, costs)) == [0.5, 0.25]
    assert [row["values"] for row in made.raw["cases"]] == [[2.0], [1.0], [3.0], [1.25]]


def test_an_augmented_case_trains_on_distorted_images():
    rng = np.random.default_rng(0)
    images = Images(
        train_images=rng.integers(0, 256, (64, 28, 28), dtype=np.uint8),
        train_labels=np.arange(64, dtype=np.uint8) % 10,
        test_images=np.zeros((1, 28, 28), np.uint8),
        test_labels=np.zeros(1, np.uint8),
    )

    def first_step(augmented):
        network, events = start(Case(hidden=(8,), augmented=augmented), images, threads=1)
        next(events), next(events)
        return network.parameters

    assert (first_step(augmented=True) != first_step(augmented=False)).any()
