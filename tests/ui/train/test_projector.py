"""The projector mode, while a training is under way and after it."""

from pathlib import Path

import nn
from nn import runs
from tests.ui.runs.trainings import until_status
from tests.ui.train.train_page import look, open_page, start, texts
from ui.runs.jobs import Jobs

VALIDATION = "Validation accuracy"


def test_the_accuracy_that_says_most_stands_in_front(jobs: Jobs) -> None:
    page = open_page(projector="true", val_size="500")
    assert page.metric[0].value == "–"
    run_id = start(page, jobs)
    assert (page.metric[0].label, page.metric[0].value) == (VALIDATION, "80.0\xa0%")
    assert VALIDATION not in [metric.label for metric in page.metric[1:]]

    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    look(page)
    assert page.metric[0].label == "Test accuracy"
    assert page.metric[0].value.startswith("97.5")

    page.toggle("projector").set_value(False)
    look(page)
    assert page.metric[0].label == "Training loss"


def test_while_it_trains_the_test_is_of_some_images_and_says_so(jobs: Jobs, tmp_path: Path) -> None:
    with runs.RunWriter(tmp_path / "some-run", nn.TrainingConfig().to_dict()) as writer:
        writer.write("started", epochs=50, train_samples=60_000, test_samples=10_000)
        writer.write("epoch", 1, 1, train_loss=0.3, train_accuracy=0.9, test_accuracy=0.9315)
        page = open_page(projector="true", run="some-run")
        assert (page.metric[0].label, page.metric[0].value) == (
            "Test accuracy so far",
            "93.15\xa0%",
        )
        assert "On 2,000 images of the test" in texts(page)
        writer.write("finished", 2, 2, test_accuracy=0.94, seconds=1.0)
    look(page)
    assert (page.metric[0].label, page.metric[0].value) == ("Test accuracy", "94.00\xa0%")
    assert "images of the test" not in texts(page)
