"""The page Playground: what it is set to stands in its address, and the other way round."""

from dataclasses import replace

import numpy as np
import pytest

from data.plane.catalog import SETS
from data.plane.points import Points
from nn.plane.good_setups import GOOD_SETUPS
from tests.ui.playground.playground_page import (
    in_address,
    player,
    playground,
    setup_of,
    warnings,
)
from ui.playground import page_due, setup_acts, stream
from ui.playground.own_points import OwnPoints
from ui.playground.setup import Setup
from ui.playground.training_points import all_points
from ui.shared.tally import Count, Trouble, tally


def widget(app, kind, name):
    return getattr(app, kind)(key=f"playground_{name}")


def test_it_opens_with_tensorflow_playgrounds_default():
    app = playground()
    assert [title.value for title in app.title] == ["Playground"]
    assert in_address(app) == {}
    (training,) = player(app).trainings
    assert (training.config.hidden, training.config.learning_rate) == ((4, 2), 0.03)
    assert training.step == 0


def test_what_is_chosen_is_written_and_what_is_as_ever_is_not():
    app = playground()
    widget(app, "select_slider", "rate").set_value(0.1).run()
    widget(app, "selectbox", "activation").set_value("relu").run()
    widget(app, "slider", "noise").set_value(20).run()
    assert in_address(app) == {"rate": "0.1", "act": "relu", "noise": "20"}
    assert player(app).trainings[0].config == setup_of(app).arm
    widget(app, "select_slider", "rate").set_value(0.03).run()
    assert in_address(app) == {"act": "relu", "noise": "20"}


def test_a_link_opens_the_same():
    app = playground(data="spiral", layers="8,8", opt="adam", rate="0.0123", batch="17", l2="0.5")
    assert warnings(app) == []
    config = player(app).trainings[0].config
    assert (config.hidden, config.optimizer, config.batch_size) == ((8, 8), "adam", 17)
    assert widget(app, "select_slider", "rate").value == 0.0123
    assert widget(app, "selectbox", "batch").value == 17
    assert widget(app, "selectbox", "l2").value == 0.5


def test_what_a_link_says_wrongly_is_told_and_the_rest_holds():
    app = playground(rate="100", layers="99", data="spiral")
    told = warnings(app)
    assert len(told) == 2
    assert "`rate`" in told[0] + told[1]
    assert "0.00001 to 10" in told[0] + told[1]
    assert "`layers`" in told[0] + told[1]
    assert player(app).trainings[0].config.hidden == (4, 2)


def test_what_shape_allows_changes_while_it_trains():
    app = playground()
    training = player(app).trainings[0]
    training.train(100)
    widget(app, "select_slider", "rate").set_value(0.3).run()
    widget(app, "selectbox", "optimizer").set_value("adam").run()
    assert player(app).trainings[0] is training
    assert training.step == 100
    widget(app, "text_input", "hidden").set_value("5").run()
    assert player(app).trainings[0].step == 0
    assert player(app).trainings[0].config.hidden == (5,)


def test_a_text_that_is_no_layers_is_refused_in_words():
    app = playground()
    widget(app, "text_input", "hidden").set_value("4, 100").run()
    assert "from 1 to 16" in app.toast[0].value
    assert setup_of(app).arm.hidden == (4, 2)
    assert widget(app, "text_input", "hidden").value == "4, 2"


def test_each_layer_can_have_its_activation():
    app = playground(layers="3,3,3")
    widget(app, "selectbox", "activation_1").set_value("relu").run()
    assert setup_of(app).arm.activations == ("tanh", "relu", "tanh")
    assert widget(app, "selectbox", "activation").value == "mixed"
    widget(app, "selectbox", "activation").set_value("gelu").run()
    assert in_address(app)["act"] == "gelu"


def test_a_formula_makes_the_data():
    app = playground(data="heights")
    widget(app, "text_input", "formula").set_value("x1 * x2 / 10").run()
    assert in_address(app) == {"data": "heights", "formula": "x1 * x2 / 10"}
    widget(app, "text_input", "formula").set_value("x1 +").run()
    assert in_address(app)["formula"] == "x1 * x2 / 10"
    assert widget(app, "text_input", "formula").value == "x1 +"
    assert [one.value.startswith("Formula") for one in app.error] == [True]
    widget(app, "text_input", "formula").set_value("log(x1 - 9)").run()
    assert ["none" in one.value for one in app.error] == [True]
    widget(app, "text_input", "formula").set_value("sqrt(x1)").run()
    assert not app.error
    assert any("of 500 points the formula has no value" in one.value for one in app.caption)
    widget(app, "segmented_control", "set").set_value("circle").run()
    assert in_address(app) == {}


def test_new_points_are_others_of_the_same_kind():
    app = playground()
    before = player(app).trainings[0]
    app.button(key="playground_new_points").click().run()
    assert in_address(app) == {"draw": "1"}
    assert player(app).trainings[0] is not before


@pytest.mark.parametrize("name", SETS)
def test_a_set_up_that_learns_the_data_is_offered(name):
    app = playground(data=name, rate="0.0001", seed="7")
    app.button(key="playground_good_setup").click().run()
    assert not app.exception
    good = replace(GOOD_SETUPS[name], seed=7)
    assert setup_of(app).arm == good
    assert player(app).trainings[0].config == good


def test_a_table_becomes_the_data():
    app = playground()
    rows = "\n".join(f"{x}, {x % 3}, {'blue' if x > 0 else 'red'}" for x in range(-5, 6))
    app.text_area(key="playground_csv_text").set_value(rows).run()
    app.button(key="playground_use_csv").click().run()
    assert app.info[0].value.startswith("11 points. ")
    setup = setup_of(app)
    assert (setup.data, setup.classes, len(setup.own.points)) == ("own", 2, 11)
    widget(app, "segmented_control", "set").set_value("xor").run()
    assert in_address(app) == {"data": "xor"}
    widget(app, "segmented_control", "set").set_value("own").run()
    assert setup_of(app) == setup


def test_each_bad_row_of_a_table_is_named():
    app = playground()
    refused = tally().counts().get(Trouble.UPLOAD, Count()).times
    app.text_area(key="playground_csv_text").set_value("1,2,a\n3,b,a\n4,5\n6,7,b").run()
    app.button(key="playground_use_csv").click().run()
    (told,) = (error.value for error in app.error)
    assert "Row 2" in told
    assert "Row 3" in told
    assert in_address(app) == {}
    assert tally().counts()[Trouble.UPLOAD].times == refused + 1  # the operator sees it
    app.text_area(key="playground_csv_text").set_value("1,2,a\n" + "4,5\n" * 300).run()
    app.button(key="playground_use_csv").click().run()
    (told,) = (error.value for error in app.error)
    assert "Row 21: must hold" in told
    assert told.endswith("and 280 rows more")
    (everything,) = (code.value for code in app.code if "must hold" in code.value)
    assert [line.split(":")[0] for line in everything.splitlines()] == [
        f"Row {number}" for number in range(2, 302)
    ]


def test_a_second_network_begins_as_a_copy_and_has_settings_of_its_own():
    app = playground(rate="0.1")
    widget(app, "toggle", "compare").set_value(True).run()
    assert [one.config.learning_rate for one in player(app).trainings] == [0.1, 0.1]
    widget(app, "select_slider", "rate").set_value(1.0).run()
    assert [one.config.learning_rate for one in player(app).trainings] == [0.1, 1.0]
    widget(app, "segmented_control", "arm").set_value(0).run()
    assert widget(app, "select_slider", "rate").value == 0.1
    widget(app, "toggle", "compare").set_value(False).run()
    assert in_address(app) == {"rate": "0.1"}


def test_what_is_hidden_is_not_there_and_what_is_locked_cannot_be_used():
    app = playground(hide="rate,data,points,compare,own", lock="noise,optimizer")
    for kind, name in (("select_slider", "rate"), ("slider", "points"), ("toggle", "compare")):
        assert f"playground_{name}" not in [one.key for one in app.get(kind)]
    assert widget(app, "slider", "noise").disabled
    assert widget(app, "selectbox", "optimizer").disabled
    assert not widget(app, "selectbox", "activation").disabled


def test_coming_back_by_the_menu_shows_what_was_left():
    app = playground(layers="3", data="xor")
    app.switch_page("pages/home.py").run()
    app.query_params.clear()
    app.switch_page("pages/playground.py").run()
    assert not app.exception
    assert in_address(app) == {"layers": "3", "data": "xor"}
    assert player(app).trainings[0].config.hidden == (3,)


def test_an_address_of_tensorflow_playground_opens():
    app = playground(tensorflow="#dataset=xor&networkShape=3&learningRate_hide=true&tutorial=x")
    assert in_address(app) == {"data": "xor", "layers": "3", "hide": "rate"}
    assert "tutorial" in app.info[0].value


def test_one_that_is_none_is_told():
    app = playground(tensorflow="hello")
    assert in_address(app) == {}
    assert "tensorflow" in warnings(app)[0]


def test_an_address_of_tensorflow_playground_can_be_pasted():
    app = playground(rate="1")
    box = widget(app, "text_input", "tensorflow")
    box.set_value("https://playground.tensorflow.org/#dataset=gauss&networkShape=").run()
    assert in_address(app) == {"data": "gauss", "layers": "none"}
    assert not app.session_state["playground_from_tensorflow"]  # closed
    app.session_state["playground_from_tensorflow"] = True
    app.run()
    box = widget(app, "text_input", "tensorflow")
    box.set_value("https://example.org/").run()
    assert "no set-up" in warnings(app)[0]


def test_every_control_has_help():
    app = playground(compare="1", data="heights", layers="2,2")
    kinds = ("slider", "select_slider", "selectbox", "toggle", "text_input", "text_area")
    kinds += ("multiselect", "number_input", "segmented_control", "button", "file_uploader")
    widgets = [one for kind in kinds for one in app.get(kind)]
    assert len(widgets) > 30
    assert [one.key for one in widgets if not one.proto.help] == []


def test_what_is_chosen_is_shown_also_where_the_players_fragment_alone_was_to_run(monkeypatch):
    """The browser may send a click together with a question of the player."""
    app = playground()
    began = player(app).trainings[0]
    monkeypatch.setattr(page_due, "not_due", lambda: None)  # as where the page does not begin
    runs = []
    monkeypatch.setattr(stream.st, "rerun", lambda: runs.append("page"))
    widget(app, "text_input", "hidden").set_value("5").run()
    assert runs == ["page"]
    assert player(app).trainings[0] is not began


def test_where_all_painting_is_undone_the_data_are_those_from_before(monkeypatch):
    """As the browser sends the points: as float32, those of the training first."""
    setup, chosen = Setup(data="moons", noise=20, points_seed=4), []
    monkeypatch.setattr(setup_acts.st, "session_state", {})
    monkeypatch.setattr(setup_acts.parameters, "change", lambda **fields: chosen.append(fields))
    points = all_points(setup)
    x, targets = points.x.astype("f4").astype(float), points.targets
    more = Points(np.vstack((x, [[1, 2]])), np.append(targets, 1.0), 2)
    painted = OwnPoints.of(more)
    setup_acts.paint(setup, painted)
    setup_acts.paint(replace(setup, data="own", own=painted), OwnPoints.of(Points(x, targets, 2)))
    assert chosen == [{"data": "own", "own": painted}, {"data": "moons", "own": None}]
