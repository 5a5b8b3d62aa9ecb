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
