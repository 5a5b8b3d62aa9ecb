"""The comparison on the page: what a link opens, what can be chosen, and what is said."""

import re

import pytest

import data
import nn
from nn.runs import RunWriter, write_name
from nn.runs.archive import BROUGHT
from nn.search import Origin, write_origin
from tests.ui.compare.compare_page import (
    cards,
    charts,
    open_comparison,
    parameter,
    tables,
    words,
    write_run,
)
from tests.ui.components.clicks import click_chart
from tests.ui.evaluate.evaluate_page import save
from ui.models import list as model_list

COUNTS = {digit: int((data.load("digits").test_labels == digit).sum()) for digit in (0, 1, 2)}


@pytest.fixture
def folder(shipped, tmp_path):
    """Where runs are: three finished ones, whose networks say 0, 1 and 2 to everything."""
    for name, digit in {"zero": 0, "one": 1, "two": 2}.items():
        write_run(tmp_path / "runs" / name, digit, hidden=(8 + digit,))
    return tmp_path / "runs"


def box(page, label):
    return next(one for one in (*page.selectbox, *page.multiselect) if one.label == label)


def test_a_link_opens_curves_settings_and_mistakes(folder):
    page = open_comparison("zero", "one")
    (curves, agreement) = charts(page)
    assert [trace["y"] for trace in curves["figure"]["data"]] == [[1.0, 0.5], [1.0, 0.5]]
    shown = tables(page)
    assert shown["Results"]["Test accuracy"] == ["10.1\xa0%", "10.1\xa0%"]
    assert shown["Results"]["95 % interval"] == ["7.4 to 13.7\xa0%", "7.4 to 13.7\xa0%"]
    assert shown["Results"]["Parameters"] == ["6,370", "6,370"]
    assert shown["Results"]["Images/s"] == ["901", "901"]
    assert shown["Settings that differ"] == {"Hidden layers": ["8", "9"]}
    zeros, ones = COUNTS[0], COUNTS[1]
    assert agreement["figure"]["data"][1]["text"] == [
        *("0", str(zeros)),
        *(str(ones), str(355 - zeros - ones)),
    ]
    assert f"Of 355 images **A** is wrong on {ones} that **B** gets right, and **B** on" in words(
        page
    )


def test_all_at_once_are_chosen_only_where_so_many_can_be(folder):
    proto = box(open_comparison(), "Runs and models").proto
    assert 0 < proto.select_all <= proto.max_selections


def test_trials_of_a_search_are_told_apart(folder):
    write_origin(folder / "zero", Origin("s", 2))
    write_origin(folder / "one", Origin("s", 3))
    curves, _ = charts(open_comparison("zero", "one"))
    names = [trace["meta"] for trace in curves["figure"]["data"]]
    assert [name.partition(",")[0] for name in names] == ["A: Trial 3", "B: Trial 4"]


def test_runs_of_one_minute_and_one_from_a_file_are_told_apart(folder):
    for name in ("zero", "one"):
        write_name(folder / name, "twin")
    names = [trace["meta"] for trace in charts(open_comparison("zero", "one"))[0]["figure"]["data"]]
    assert re.fullmatch(r"A: “twin”, began at \d\d:\d\d:\d\d: 0\.5000", names[0])
    (folder / "one" / BROUGHT).write_text("{}")
    names = [trace["meta"] for trace in charts(open_comparison("zero", "one"))[0]["figure"]["data"]]
    assert [name.rpartition(":")[0] for name in names] == ["A: “twin”", "B: “twin” (from a file)"]


def test_all_settings_are_there_on_request(folder):
    page = open_comparison("zero", "one")
    next(one for one in page.toggle if one.label == "All settings").set_value(True)
    shown = tables(page.run())["All settings"]
    assert shown["Optimizer"] == ["SGD", "SGD"]
    assert shown["Early stopping after"] == ["none", "none"]


def test_images_have_both_answers_and_lead_inside(folder):
    page = open_comparison("zero", "one", images="second-wrong")
    first = cards(page)[0]
    assert 'class="line head"><span>0</span>' in first
    assert "A: 0 ✓" in first
    assert "B: 1 ✗" in first
    assert 'href="inside?model=zero&amp;image=' in first
    assert 'href="inside?model=one&amp;image=' in first


def test_a_click_and_the_box_choose_which_images(folder):
    page = open_comparison("zero", "one")
    assert box(page, "Images").value == "first-wrong"
    click_chart(page, {"x": 1, "y": 0}, place=1)
    assert parameter(page, "images") == "second-wrong"
    (frame,) = charts(page)[1]["figure"]["layout"]["shapes"]
    assert (frame["x0"], frame["y0"]) == (0.5, -0.5)
    assert "B: 1 ✗" in cards(page)[0]
    box(page, "Images").set_value("both-wrong").run()
    assert parameter(page, "images") == "both-wrong"
    assert "A: 0 ✗" in cards(page)[0]


def test_of_more_than_two_all_pairs_are_told_and_two_can_be_chosen(folder):
    page = open_comparison("zero", "one", "two")
    shown = tables(page)["All pairs"]
    assert shown["A and B"][:2] == [str(COUNTS[1]), str(COUNTS[0])]
    assert shown["B and C"][:2] == [str(COUNTS[2]), str(COUNTS[1])]
    box(page, "First").set_value("two").run()
    assert not page.exception
    assert parameter(page, "first") == "two"
    assert "Of 355 images **C** is wrong" in words(page)
    # The one that was the second: another one takes its place there.
    box(page, "First").set_value("one").run()
    assert "Of 355 images **B** is wrong" in words(page)
    assert "**A** gets right" in words(page)


def test_the_box_adds_and_removes_and_the_address_follows(folder):
    page = open_comparison("zero", "one", first="one", second="zero")
    box(page, "Runs and models").set_value(["zero", "one", "two"]).run()
    assert parameter(page, "compare") == "zero,one,two"
    assert len(charts(page)[0]["figure"]["data"]) == 3
    box(page, "Runs and models").set_value(["zero", "two"]).run()
    assert "first" not in page.query_params
    assert parameter(page, "second") == "zero"
    assert "which is not here" not in words(page)
    box(page, "Runs and models").set_value(["two"]).run()
    assert parameter(page, "compare") == "two"
    assert "Choose two or more" in words(page)


def test_what_is_not_here_is_said_and_the_rest_is_shown(folder):
    page = open_comparison("zero", "gone`x", "one", "zero", "..", first="nobody", along="Moon")
    said = words(page)
    assert "asks to compare `gone'x`, `..`, which are not here" in said
    assert "asks for first `nobody`" in said
    assert "asks for along `Moon`" in said
    assert len(charts(page)[0]["figure"]["data"]) == 2


def test_at_most_eight_are_shown(folder):
    for number in range(9):
        write_run(folder / f"more{number}", model=False)
    page = open_comparison(*(f"more{number}" for number in range(9)))
    assert "asks to compare 9. Here are the first 8" in words(page)
    assert len(charts(page)[0]["figure"]["data"]) == 8


def test_mistakes_on_other_data_are_not_set_against_each_other(folder):
    write_run(folder / "fashion", dataset="fashion_mnist")
    page = open_comparison("zero", "fashion", "one")
    said = words(page)
    assert "is left out: it learned from Fashion-MNIST, and the others from Small digits" in said
    assert "Of 355 images **A** is wrong" in said
    assert "**C** gets right" in said
    page = open_comparison("zero", "fashion")
    assert "Of 355 images" not in words(page)
    (said,) = (info.value for info in page.info)
    assert "learned from Small digits (built in), **B: " in said
    assert "learned from Fashion-MNIST. Mistakes on different images can't be set" in said


def test_a_training_that_failed_has_no_network_to_ask(folder):
    with RunWriter(folder / "wild", nn.TrainingConfig(dataset="digits").to_dict()) as writer:
        writer.write("failed", message="training diverged", reason="diverged")
    said = words(open_comparison("zero", "wild"))
    assert "has no network to ask: its training failed." in said


def test_a_learning_rate_that_was_set_while_it_trained_is_told(folder):
    run = folder / "set"
    with RunWriter(
        run, nn.TrainingConfig(dataset="digits", learning_rate=50.0).to_dict()
    ) as writer:
        writer.write("set", name="learning_rate", value=0.03)
    shown = tables(open_comparison("zero", "set"))
    assert shown["Settings that differ"]["Learning rate"] == ["0.1", "50, in the end 0.03"]


def test_models_that_come_with_the_app_are_asked_too(folder):
    save(model_list.SHIPPED_FOLDER / "default.safetensors", always=0)
    page = open_comparison("default", "one")
    assert tables(page)["Results"]["State"] == ["comes with the app", "finished"]
    assert "Of 355 images **A** is wrong" in words(page)
    assert len(charts(page)[0]["figure"]["data"]) == 1


def test_images_that_are_missing_are_said_to_be(folder):
    for name in ("a", "b"):
        write_run(folder / name, dataset="mnist")
    page = open_comparison("a", "b")
    assert any("MNIST" in info.value for info in page.info)
    assert len(charts(page)) == 1


def test_a_run_that_is_damaged_does_no_harm(folder):
    (folder / "one" / "model.safetensors").write_bytes(b"torn")
    (folder / "one" / "events.jsonl").write_bytes(b'{"type": "epoch"}\n\xff\xfe\n{')
    page = open_comparison("zero", "one", "two")
    said = words(page)
    assert "B: Training of" in said
    assert "cannot be asked" in said
    assert "A and C" in tables(page)["All pairs"]


def test_a_name_is_shown_as_it_is(folder):
    (folder / "one" / "name.txt").write_text("<img src=x>**bold**")
    page = open_comparison("zero", "one")
    assert all("<img src=x>" not in html.proto.body for html in page.get("html"))
    assert "\\*\\*bold" in words(page)


def test_nothing_is_asked_twice(folder, monkeypatch):
    page = open_comparison("zero", "one")
    monkeypatch.setattr("ui.compare.verdicts.evaluate_model", None)
    box(page, "Images").set_value("both-wrong").run()
    assert not page.exception
    assert "Of 355 images" in words(page)


def test_a_network_that_has_changed_is_asked_anew(folder):
    page = open_comparison("zero", "one")
    assert f"**A** is wrong on {COUNTS[1]} that" in words(page)
    save(folder / "one" / "model.safetensors", always=2)
    page.run()
    assert f"**A** is wrong on {COUNTS[2]} that" in words(page)


def test_one_that_still_trains_is_followed_to_its_end(folder):
    config = nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=4).to_dict()
    with RunWriter(folder / "young", config) as writer:
        writer.write("started", epochs=4)
        writer.write("epoch", 10, 1, train_loss=1.0, train_accuracy=0.8)
        page = open_comparison("young", "one")
        assert tables(page)["Results"]["Epochs"] == ["1 of 4", "2"]
        assert tables(page)["Results"]["State"] == ["training", "finished"]
        assert "has no network to ask yet" in words(page)
        writer.write("epoch", 40, 4, train_loss=0.4, train_accuracy=0.9)
        save(folder / "young" / "model.safetensors", always=0)
        page.run()
        assert charts(page)[0]["figure"]["data"][0]["y"] == [1.0, 0.4]
        assert "Of 355 images **A** is wrong" in words(page)
        assert "Still training" in words(page)
        writer.write("finished", 40, 4, test_accuracy=0.1)
    page.run()
    assert tables(page)["Results"]["State"] == ["finished", "finished"]
    assert "Still training" not in words(page)
