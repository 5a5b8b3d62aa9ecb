"""The projector mode, while a training is under way and after it."""

from tests.ui.runs.trainings import until_status
from tests.ui.train.train_page import look, open_page, start
from ui.runs.jobs import Jobs

VALIDATION = "Validation accuracy"


def test_the_accuracy_that_says_most_stands_in_front(jobs: Jobs) -> None:
    page = open_page(projector="true", val_size="500")
    assert page.metric[0].value == "–"
    run_id = start(page, jobs)
    assert (page.metric[0].label, page.metric[0].value) == (VALIDATION, "80.0 %")
    assert VALIDATION not in [metric.label for metric in page.metric[1:]]

    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    look(page)
    assert page.metric[0].label == "Test accuracy"
    assert page.metric[0].value.startswith("97.5")

    page.toggle("projector").set_value(False)
    look(page)
    assert page.metric[0].label == "Training loss"
