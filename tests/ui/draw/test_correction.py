"""“That was wrong”: the control with which one says so."""

import numpy as np
import pytest

from tests.ui.draw.lessons_page import SEVEN, button, pills, popover, say, show, texts, visit


@pytest.fixture(autouse=True)
def short_lessons(monkeypatch):
    monkeypatch.setattr("ui.draw.lessons.SECONDS", 0.05)


def test_each_lesson_closes_the_popover_the_next_on_the_same_drawing_too(ship):
    ship()
    app = visit()
    first = popover(app)
    pills(app, "What is it?").set_value(3).run()
    assert popover(app) == first
    second, third = popover(say(app, 3)), popover(say(app, 5))
    button(app, "Forget what it learned").click().run()
    assert len({first, second, third, popover(app)}) == 4


def test_a_choice_is_for_the_drawing_and_the_lesson_it_was_made_for(ship):
    ship()
    app = visit()
    pills(app, "What is it?").set_value(5).run()
    show(app, SEVEN.T)
    assert pills(app, "What is it?").value is None
    assert button(app, "Learn it").disabled
    say(app, 5)
    assert pills(app, "What is it?").value is None
    button(app, "Forget what it learned").click().run()
    assert pills(app, "What is it?").value is None


def test_a_choice_is_for_what_is_drawn(ship):
    ship()
    app = visit([SEVEN, SEVEN.T])
    pills(app, "What is it?").set_value(5).run()
    pills(app, "Which one was wrong?").set_value(1).run()
    assert pills(app, "What is it?").value == 5  # said in any order
    assert not button(app, "Learn it").disabled
    show(app, SEVEN, SEVEN[::-1])
    assert pills(app, "Which one was wrong?").value is None
    assert pills(app, "What is it?").value is None
    assert button(app, "Learn it").disabled


def test_characters_are_counted_from_the_left(ship):
    ship()
    app = visit([np.roll(SEVEN, shift, axis=0) for shift in range(-5, 8)])
    counted = [option.split(":")[0] for option in pills(app, "Which one was wrong?").options]
    assert counted[:4] == ["1st", "2nd", "3rd", "4th"]
    assert counted[9:] == ["10th", "11th", "12th", "13th"]


def test_where_there_is_nothing_to_mix_in_one_is_told_why(ship):
    ship(labels="ABC")
    app = visit()
    assert "Those of this model are not on this computer" in texts(app)
    assert not [button for button in app.button if button.label == "Learn it"]


def test_without_a_drawing_there_is_nothing_to_correct(ship):
    ship()
    app = visit([])
    assert app.get("popover")[0].proto.popover.disabled
    assert not app.button


def test_every_control_explains_itself(ship):
    ship()
    app = say(visit([SEVEN, SEVEN.T]), 3, place=0)
    for control in [*app.button, *app.get("button_group")]:
        assert control.help, control.label
    assert app.get("popover")[0].proto.popover.help
