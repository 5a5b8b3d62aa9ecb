"""The benchmark of what a history costs."""

import json

from benchmarks import history_cost, images
from benchmarks.competition import Settings
from benchmarks.sections import views as section
from benchmarks.view_answers import ViewAnswers
from nn.training.config import TrainingConfig


def test_costs_and_answers_are_medians(monkeypatch, tmp_path):
    seconds = iter([(10.0, 10.1), (20.0, 20.6), (5.0, 5.1)] * 99)

    def measure(settings, threads, folder):
        TrainingConfig.from_dict(settings)
        assert threads == 2
        return dict(zip(("without", "with_history"), next(seconds), strict=True))

    monkeypatch.setattr(section, "measure", measure)
    answers = ViewAnswers("small", "why", [0.3, 0.1, 0.125], frame=0.002)
    monkeypatch.setattr(section, "view_answers", lambda *_: iter([answers]))
    monkeypatch.setattr(images, "write", lambda *_: "synthetic images")
    made = section.views(Settings(rounds=3, cores=2, folder=tmp_path))
    lines = made.text.splitlines()
    rows = [line.split("|") for line in lines if "784-" in line]
    assert [row[2].strip() for row in rows] == ["7", "3"]
    assert [row[-2].strip() for row in rows] == ["2.0%", "2.0%"]
    (row,) = [line.split("|") for line in lines if "small, Why" in line]
    assert [float(cell) for cell in row[2:-1]] == [125, 300, 2]
    assert json.dumps(made.raw)
    assert len(made.raw["history"][0]["without"]) == 7


def test_a_training_of_either_kind_is_measured(tmp_path):
    images.write_synthetic(tmp_path, 128, 20)
    settings = TrainingConfig(hidden=(8,), epochs=2).to_dict()
    seconds = history_cost.measure(settings, 1, tmp_path)
    assert seconds.keys() == {"without", "with_history"}
    assert min(seconds.values()) > 0
