"""The switches of the Evaluate page and the links that set them."""

import pytest

from tests.ui.evaluate.evaluate_page import SMALL, page, save, words

pytestmark = pytest.mark.usefixtures("shipped")


def test_percentages_and_a_hidden_diagonal(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page(percent="true", mistakes="true")
    assert chart.number(5, 3) == "100.0"
    assert chart.number(3, 3) == ""
    assert "% of each row" in chart.figure.layout.title.text
    app.toggle(key="mistakes").set_value(False).run()
    assert chart.number(3, 3) == "100.0"


def test_training_images_can_be_chosen_and_are_called_so(shipped, chart):
    save(shipped / "default.safetensors")
    app = page(part="training")
    assert "**1,442 Small digits (built in) training images**" in words(app)
    assert "learned from these" in words(app)


def test_the_url_names_the_part_as_before_and_the_page_in_capitals(shipped, chart):
    save(shipped / "default.safetensors")
    app = page()
    box = app.segmented_control(key="evaluate_part")
    assert [option.content for option in box.proto.options] == ["Test", "Training"]
    box.set_value("training").run()
    assert "training images**" in words(app)
    assert app.query_params["part"] == "training"
    box.set_value("test").run()
    assert f"**{SMALL}**" in words(app)


def test_a_link_with_bad_values_falls_back_with_a_notice(shipped, chart):
    save(shipped / "default.safetensors")
    app = page(data="Chess", part="dreams", true="twelve", percent="banana", mistakes="7")
    notices = "\n".join(warning.value for warning in app.warning)
    assert "data `Chess`" in notices
    assert "part `dreams`" in notices
    assert "true `twelve`" in notices
    assert "percent `banana`" in notices
    assert "mistakes `7`" in notices
    assert len(app.warning) == 5
    assert f"**{SMALL}**" in words(app)


def test_a_bad_class_of_either_kind_gets_its_notice_above_the_choices(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page(true="5", predicted="dozen")
    assert "predicted `dozen`" in app.warning[0].value
    assert "Allowed: 0, 1, 2" in app.warning[0].value
    first, second = chart.marked
    assert (app.selectbox(key="true").value, app.selectbox(key="predicted").value) == (
        str(int(first)),
        str(int(second)),
    )
    assert first != second  # the biggest confusion, as without a link
    app.selectbox(key="true").select("2").run()
    assert not app.warning
    assert chart.marked == (2, 3)


def test_another_model_keeps_the_cell_of_the_same_images_and_drops_it_with_others(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    save(shipped / "other.safetensors", always=6)
    save(shipped / "usps.safetensors", "usps")
    app = page(true="5", predicted="3")
    app.selectbox(key="model_box").select("other").run()
    assert chart.marked == (5, 3)
    assert query(app) == {"model": "other", "true": "5", "predicted": "3"}
    app.selectbox(key="model_box").select("usps").run()
    assert query(app) == {"model": "usps"}


def test_other_images_bring_another_cell(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    app = page(true="5", predicted="3", percent="true")
    app.segmented_control(key="evaluate_part").set_value("training").run()
    assert query(app) == {"part": "training", "percent": "true"}
    app.toggle(key="percent").set_value(False).run()
    assert query(app) == {"part": "training"}


def test_what_a_page_shows_by_itself_is_not_in_the_url(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    assert query(page()) == {}


def query(app):
    return {
        name: value if isinstance(value, str) else value[-1]
        for name, value in app.query_params.items()
    }
