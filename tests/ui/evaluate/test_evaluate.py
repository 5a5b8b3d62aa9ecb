"""The Evaluate page: numbers that name their data, the matrix and its images, any model."""

import numpy as np
import pytest

import nn
from nn.cli.evaluate import save_predictions
from nn.runs import RunWriter
from tests.ui.evaluate.evaluate_page import SMALL, cards, click, numbers, page, save, words

pytestmark = pytest.mark.usefixtures("shipped")


def test_without_a_model_the_page_says_what_to_do(chart):
    assert "Train one and it appears here" in words(page())


def test_a_shipped_model_shows_its_saved_numbers_without_the_images(shipped, chart):
    save(shipped / "default.safetensors", "mnist")
    labels = np.repeat(np.arange(10, dtype=np.uint8), 20)
    probabilities = np.eye(10, dtype=np.float16)[labels]
    probabilities[80:83] = np.eye(10)[9]  # three of the fours
    model, path = shipped / "default.safetensors", shipped / "default.test_predictions.npz"
    save_predictions(path, probabilities, labels, model)
    app = page()
    assert numbers(app) == {
        "Accuracy": "98.5\xa0%",
        "Mistakes": "3 of 200",
        "Hardest class": "4 (85.0\xa0%)",
        # always certain, and wrong three times in two hundred
        "Calibration error": "1.5\xa0%",
    }
    assert "**200 MNIST test images**" in words(app)
    assert "They were taken when the model was made, and came with it" in words(app)
    (table,) = (b for b in app.get("download_button") if b.label == "Predictions (CSV)")
    assert table.proto.help.endswith("They came with the model, rounded to about 0.0003.")
    assert chart.number(4, 9) == "3"
    assert chart.marked == (4, 9)
    assert "3 images of **4** called **9**: 15.0\xa0% of all images of 4" in words(app)
    assert "MNIST is not on this computer" in words(app)
    assert cards(app) == []
    assert len(table_rows(app)) == 10


def test_every_number_names_its_data(shipped, chart):
    save(shipped / "default.safetensors")
    app = page()
    assert f"**{SMALL}**" in words(app)
    assert chart.figure.layout.title.text == SMALL
    assert SMALL in chart.alt
    assert f"of {SMALL} are called something else" in words(app)


def test_what_the_mouse_is_over_is_said_aside_and_by_the_cells_alone(shipped, chart):
    save(shipped / "default.safetensors")
    page()
    assert chart.says_aside is True
    cells, *others = chart.figure.data
    assert cells.hoverinfo == "none"  # no words at the mouse, and yet the chart hears of it
    assert cells.hovertemplate is None
    assert len(cells.hovertext) == len(cells.hovertext[0]) == 10
    for over in others:  # they lie over the cells, and let the mouse through
        assert over.hoverinfo == "skip"
        assert over.hovertext is None


def test_a_cell_shows_its_images_with_their_probabilities(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page(true="5", predicted="3")
    cell, mistakes = cards(app)
    assert cell.count("<img") == 12  # one page of them
    assert cell.count("5 → 3") == 12
    assert "true 5, called 3" in cell
    # e³ against nine times 1
    assert cell.count("69.1\xa0%") >= 12
    assert mistakes.count("<img") == 12
    assert chart.marked == (5, 3)


def test_an_empty_cell_says_so(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    assert "No image of **5** is called **4**." in words(page(true="5", predicted="4"))


def test_a_click_and_the_select_boxes_choose_the_same_cell(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page()
    click(app, true=7, predicted=3)
    assert (app.selectbox(key="true").value, app.selectbox(key="predicted").value) == ("7", "3")
    assert (app.query_params["true"], app.query_params["predicted"]) == ("7", "3")
    assert "of **7** called **3**" in words(app)
    assert chart.marked == (7, 3)
    # A click must not come back over a later choice.
    app.selectbox(key="true").select("2").run()
    assert "of **2** called **3**" in words(app)
    assert chart.marked == (2, 3)
    click(app, true=7, predicted=3)  # the same cell again
    assert chart.marked == (7, 3)


def test_a_click_runs_the_page_once(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page()
    before = chart.drawings
    click(app, true=7, predicted=3)
    assert chart.marked == (7, 3)
    assert chart.drawings == before + 1


def test_more_images_than_fit_are_turned_over(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page(true="3", predicted="3")
    first = cards(app)[0]
    app.session_state["cell_page_3_3"] = 2
    app.run()
    assert cards(app)[0] != first
    assert "3 ✓" in cards(app)[0]


def test_a_model_that_meets_other_data_brings_a_warning(shipped, chart):
    save(shipped / "default.safetensors", "mnist")
    assert "learned from **MNIST**" in words(page(data="Small digits (built in)"))
    save(shipped / "default.safetensors", "fashion_mnist")
    said = words(page(data="Small digits (built in)"))
    assert "What it calls “T-shirt/top” counts as “0” here" in said


def test_a_model_with_another_number_of_classes_is_refused_in_words(shipped, chart):
    save(shipped / "default.safetensors", "emnist_letters", classes=26)
    app = page(data="Small digits (built in)")
    assert "tells 26 classes apart" in app.error[0].value
    assert not app.metric


def test_missing_data_says_how_to_get_it(shipped, chart):
    save(shipped / "default.safetensors", "mnist")
    app = page()
    assert "MNIST is not on this computer" in app.info[0].value
    assert not app.error


def test_another_model_starts_with_its_own_data(shipped, chart):
    save(shipped / "default.safetensors")
    save(shipped / "other.safetensors", "usps")
    app = page()
    assert app.selectbox(key="data").value == "Small digits (built in)"
    app.selectbox[0].select("other").run()
    assert app.selectbox(key="data").value == "USPS"


def train(folder):
    """Begin a run and leave it running; ends when the writer is closed."""
    config = nn.TrainingConfig(dataset="digits", hidden=()).to_dict()
    writer = RunWriter(folder, config)
    writer.write("started", dataset="digits", epochs=5)
    writer.write("epoch", step=10, epoch=1, train_loss=1.0, train_accuracy=0.5)
    return writer


def test_a_model_that_is_still_training_is_shown_with_its_newest_weights(tmp_path, chart):
    with train(tmp_path / "runs" / "r1") as writer:
        save(tmp_path / "runs" / "r1" / "model.safetensors", always=3)
        app = page(model="r1")
        assert "Still training: epoch 1 is done" in words(app)
        writer.write("paused", 20, 1.5)
        assert "Its training is paused: epoch 1 is done" in words(app.run())
        assert "Still training" not in words(app)
        writer.write("resumed", 20, 1.5, from_step=20)
        assert chart.number(0, 3) != ""
        save(tmp_path / "runs" / "r1" / "model.safetensors", always=6)
        app.run()
        assert chart.number(0, 3) == ""
        assert chart.number(0, 6) != ""
    assert "Still training" not in words(app.run())


def test_a_file_that_is_no_model_is_refused_in_words(tmp_path, chart):
    with train(tmp_path / "runs" / "r1") as writer:
        (tmp_path / "runs" / "r1" / "model.safetensors").write_bytes(b"nonsense")
        writer.write("finished", step=10, epoch=1)
    app = page(model="r1")
    assert "This model cannot be used" in app.error[0].value
    assert not app.metric


def table_rows(app):
    """The cells of the class table, row by row."""
    table = next(m.value for m in app.markdown if m.value.startswith("| Class |"))
    lines = table.splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_has_a_line_for_each_class_and_two_downloads_follow(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page()
    rows = table_rows(app)
    assert [row[0] for row in rows] == [f"**{digit}**" for digit in range(10)]
    assert [row[2] for row in rows] == ["100.0" if n == 3 else "0.0" for n in range(10)]
    assert sum(int(row[4]) for row in rows) == 355
    tables = [button.label for button in app.get("download_button") if "CSV" in button.label]
    assert tables == ["Predictions (CSV)", "Class by class (CSV)"]


def test_the_page_works_with_the_real_chart(shipped):
    save(shipped / "default.safetensors")
    assert numbers(page())["Accuracy"]


def test_every_control_explains_itself(shipped, chart):
    save(shipped / "default.safetensors")
    app = page()
    controls = [*app.selectbox, *app.toggle, *app.get("button_group"), *app.metric]
    assert len(controls) >= 8
    assert [control.label for control in controls if not control.proto.help] == []
