"""Lessons on the page: their steps, their goals, and making one."""

import base64
import json
import zlib
from urllib.parse import parse_qs, urlsplit

from tests.ui.playground.playground_page import in_address, player, playground, stage, warnings
from ui.playground.lessons.lesson import Lesson
from ui.playground.lessons.link import MARK, packed, unpacked
from ui.playground.lessons.shipped import NAMES, shipped

MINE = {
    "title": "Mine",
    "steps": [
        {"text": "One *star*.\n\nAnd more.", "setup": {"data": "gauss", "layers": "none"}},
        {"text": "Two.", "setup": {"lock": "rate"}, "goal": {"test_loss_below": 0.05}},
    ],
}


def button(app, name):
    return app.button(key=f"playground_{name}")


def texts(app):
    return [one.value for kind in ("markdown", "info", "success") for one in app.get(kind)]


def train(app, epochs):
    """Train, and let the page look at the goal as its fragment does after each answer."""
    (training,) = player(app).trainings
    training.train(epochs * training.steps_per_epoch)
    player(app).last = [training.snapshot()]
    app.run()


def test_all_that_ship_can_be_chosen():
    app = playground()
    for name in NAMES:
        assert button(app, f"lesson_{name}").label == shipped(name).title
    button(app, "lesson_spiral").click().run()
    assert in_address(app) == {"lesson": "spiral"}
    assert any("Two arms around each other" in text for text in texts(app))
    assert player(app).trainings[0].config.hidden == (4, 2)


def test_a_goal_that_is_reached_is_said_and_leads_on():
    app = playground(lesson="straight_line")
    assert any("test loss below 0.05" in text for text in texts(app))
    assert not any("Reached" in text for text in texts(app))
    train(app, 30)
    assert any("Reached" in text for text in texts(app))
    button(app, "step_next").click().run()
    assert in_address(app) == {"lesson": "straight_line", "step": "2"}
    assert not any("Reached" in text for text in texts(app))
    button(app, "step_back").click().run()
    assert in_address(app) == {"lesson": "straight_line"}
    assert any("Reached" in text for text in texts(app))


def test_what_a_step_says_nothing_of_stays_as_it_was_built():
    app = playground(lesson="straight_line")
    app.select_slider(key="playground_rate").set_value(0.1).run()
    button(app, "step_next").click().run()
    assert in_address(app) == {"lesson": "straight_line", "step": "2", "rate": "0.1"}
    assert app.slider(key="playground_noise").disabled is False
    assert app.segmented_control(key="playground_set").disabled


def test_where_the_data_are_locked_no_others_are_brought_or_painted():
    locked = {True: playground(lesson="hidden_layer"), False: playground(data="xor")}
    for is_locked, app in locked.items():
        assert app.segmented_control(key="playground_set").disabled == is_locked
        (own,) = [one for one in app.get("popover") if one.proto.popover.label == "Your own"]
        assert own.proto.popover.disabled == is_locked
        assert ("paint" in stage(app)["locked"]) == is_locked


def test_the_last_step_leads_to_the_next_lesson_and_out():
    app = playground(lesson="straight_line", step="3")
    button(app, "lesson_next").click().run()
    assert in_address(app) == {"lesson": "hidden_layer"}
    button(app, "lesson_leave").click().run()
    assert in_address(app) == {}


def test_a_lesson_can_be_in_the_link_itself():
    app = playground(lesson=packed(Lesson.from_dict(MINE)), step="2")
    assert warnings(app) == []
    assert app.select_slider(key="playground_rate").disabled
    assert player(app).trainings[0].config.hidden == ()


def test_text_of_strangers_does_nothing():
    app = playground(lesson=packed(Lesson.from_dict(MINE)))
    assert r"One \*star\*." in texts(app)


def test_what_is_wrong_in_a_lesson_of_strangers_does_nothing():
    step = {"text": "Look.", "goal": {"![](//x.org)": 1}}
    content = zlib.compress(json.dumps({"title": "Mine", "steps": [step]}).encode())
    (told,) = warnings(playground(lesson=MARK + base64.urlsafe_b64encode(content).decode()))
    assert r"got '!\[\](//x.org)'" in told


def test_what_is_no_lesson_is_told():
    assert "cannot be opened" in warnings(playground(lesson="~AAAA"))[0]
    assert "cannot be opened" in warnings(playground(lesson="magic"))[0]
    assert "from 1 to 3" in warnings(playground(lesson="spiral", step="9"))[0]


def test_one_makes_a_lesson_of_ones_own():
    app = playground(data="xor", layers="3")
    app.text_input(key="playground_draft_title").set_value("Three neurons").run()
    assert any("Not finished yet" in text for text in texts(app))
    app.text_area(key="playground_draft_text_0").set_value("Play.").run()
    app.multiselect(key="playground_draft_goal_0").set_value(
        ["test_loss_below", "most_neurons"]
    ).run()
    app.number_input(key="playground_draft_goal_0_most_neurons").set_value(3).run()
    app.multiselect(key="playground_draft_lock_0").set_value(["layers"]).run()
    button(app, "draft_add").click().run()
    app.text_area(key="playground_draft_text_1").set_value("Go on.").run()
    app.segmented_control(key="playground_set").set_value("circle").run()
    button(app, "draft_setup").click().run()
    assert not app.exception
    link = next(one.value for one in app.code if "lesson=" in one.value)
    lesson = unpacked(parse_qs(urlsplit(link).query)["lesson"][0])
    assert lesson.as_dict() == {
        "title": "Three neurons",
        "steps": [
            {
                "text": "Play.",
                "setup": {"data": "xor", "layers": "3", "lock": "layers"},
                "goal": {"test_loss_below": 0.05, "most_neurons": 3},
            },
            {"text": "Go on.", "setup": {"data": "circle"}},
        ],
    }
    button(app, "draft_try").click().run()
    assert unpacked(in_address(app)["lesson"]) == lesson
    button(app, "draft_remove").click().run()
    assert not app.exception


def test_an_open_lesson_can_be_changed_into_ones_own():
    app = playground(lesson="spiral")
    button(app, "draft_from").click().run()
    link = next(one.value for one in app.code if "lesson=~" in one.value)
    made = unpacked(parse_qs(urlsplit(link).query)["lesson"][0])
    assert [step.text for step in made.steps] == [step.text for step in shipped("spiral").steps]
    assert [step.goal for step in made.steps] == [step.goal for step in shipped("spiral").steps]
    for number in range(len(made.steps)):
        assert made.setup(number) == shipped("spiral").setup(number)
