"""The view "Why": what its maps, its patch and its chart are given, and what its address says."""

import base64

import numpy as np
import pytest

import data
import nn
from nn.explain.attribution import (
    Target,
    gradient_times_input,
    integrated_gradients,
    occlusion,
)
from tests.ui.inside.inside_page import inside, parameter, warnings
from tests.ui.inside.view_component import ViewComponent
from ui.inside import why


class Shown:
    """What the browser's parts of the view are given: AppTest has no browser."""

    def __init__(self, monkeypatch):
        self.maps, self.figure, self.alt = {}, {}, ""
        monkeypatch.setattr(why, "_maps", lambda *, key, data, height: setattr(self, "maps", data))
        self.hand = ViewComponent()
        monkeypatch.setattr(why, "_patch", self.hand)
        monkeypatch.setattr(why, "live_chart", self._draw)

    @property
    def patch(self):
        return self.hand.data or None

    def _draw(self, figure, *, key, alt, table):
        assert table
        self.figure, self.alt = figure, alt

    def row(self, place=0):
        return [floats(one["values"]) for one in self.maps["rows"][place]["maps"]]


@pytest.fixture
def shown(monkeypatch, pad):
    return Shown(monkeypatch)


@pytest.fixture
def network(ship, shipped):
    """The model on the page: random weights of a seed that has no all too equal answers."""
    ship(seed=3)
    return nn.load(shipped / "default.safetensors")


def floats(text):
    return np.frombuffer(base64.b64decode(text), np.float32)


def expected(network, image, target, patch=3, fill="black"):
    return [
        gradient_times_input(network, image, target).pixels,
        integrated_gradients(network, image, target).pixels,
        occlusion(network, image, target, patch, fill).pixels,
    ]


def check(found, wanted):
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def box(app, label):
    return next(box for box in app.selectbox if box.label == label)


def test_it_explains_the_answer_first(network, shown):
    app = inside(view="why", image="4")
    image = data.load("digits").test_images[4]
    answer = int(network.predict(image[None])[0])
    check(shown.row(), expected(network, image, Target(answer)))
    assert len(shown.maps["rows"]) == 1
    assert box(app, "Why this class").value == -1
    words = [one["words"] for one in shown.maps["rows"][0]["maps"]]
    total = gradient_times_input(network, image, Target(answer)).total
    assert f"of {total:.2f}; gap 0.0\xa0%." in words[1].replace("−", "-")  # it is a linear network
    assert "need not" in words[2]
    assert any(f"The logit of **{answer}** is" in text.value for text in app.markdown)


def test_a_link_says_all_that_is_asked(network, shown):
    app = inside(view="why", image="4", target="3", contrast="8", patch="7", fill="grey")
    assert "weights[8] = -1" in app.code[0].value
    image = data.load("digits").test_images[4]
    check(shown.row(), expected(network, image, Target(3, 8), 7, "grey"))
    patch = shown.patch
    assert (patch["target"], patch["contrast"], patch["size"], patch["fill"]) == (3, 8, 7, "grey")
    np.testing.assert_array_equal(floats(patch["occlusion"]), shown.row()[2])
    assert patch["subject"] == "Logit of 3 less that of 8"
    assert "Probability of 3" in shown.figure["layout"]["title"]["text"]


def test_what_is_chosen_stands_in_the_address(network, shown):
    app = inside(view="why", image="4")
    image = data.load("digits").test_images[4]
    box(app, "Why this class").set_value(5).run()
    box(app, "Patch").set_value(5).run()
    box(app, "Colour of the patch").select("grey").run()
    box(app, "Rather than").set_value(2).run()
    names = ("target", "contrast", "patch", "fill")
    assert [parameter(app, name) for name in names] == ["5", "2", "5", "grey"]
    check(shown.row(), expected(network, image, Target(5, 2), 5, "grey"))
    box(app, "Why this class").set_value(2).run()
    assert (parameter(app, "target"), parameter(app, "contrast")) == ("2", None)
    box(app, "Why this class").set_value(-1).run()
    assert parameter(app, "target") is None


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("target", "10", "from 0 to 9"),
        ("target", "x", "from 0 to 9"),
        ("contrast", "-1", "from 0 to 9"),
        ("patch", "4", "1, 3, 5, 7, 9"),
        ("fill", "red", "black, grey"),
        ("random", "2", "must be 1"),
    ],
)
def test_what_is_not_there_is_said(network, shown, name, value, allowed):
    said = warnings(inside(view="why", **{name: value}))
    assert name in said
    assert allowed in said
    assert len(shown.maps["rows"]) == 1


def test_a_class_beside_itself_is_explained_alone(network, shown):
    app = inside(view="why", target="3", contrast="3")
    assert "the same" in app.info[0].value
    assert shown.patch["contrast"] is None


def test_the_maps_of_random_weights_come_beside_the_others(network, shown):
    app = inside(view="why")
    app.toggle[0].set_value(True).run()
    assert parameter(app, "random") == "1"
    for learned, random in zip(shown.row(0), shown.row(1), strict=True):
        assert np.abs(learned - random).max() > 0.01
    assert any("Adebayo" in caption.value for caption in app.caption)
    app.toggle[0].set_value(False).run()
    assert parameter(app, "random") is None
    assert len(shown.maps["rows"]) == 1


def begins_low(app):
    return [caption.value for caption in app.caption if "lines begin" in caption.value]


def test_the_areas_stand_in_words_and_a_class_that_is_not_the_answer_is_said(ship, shown):
    ship(always="4", logit=3)
    assert not begins_low(inside(view="why"))
    areas = shown.alt.split("Areas")[1]
    assert all(title in areas for title in ("Gradient", "Integrated", "Occlusion", "Random order"))
    [said] = begins_low(inside(view="why", target="5"))
    assert said.startswith("5 is not the answer:")


def test_an_answer_below_a_half_is_still_the_answer(ship, shown):
    ship(always="4", logit=1)
    [said] = begins_low(inside(view="why"))
    assert said.startswith("4 is the answer, but an unsure one:")
    assert "begin at 23.2\xa0%" in said


def test_a_network_too_large_for_the_browser_has_no_patch(network, shown, monkeypatch):
    monkeypatch.setattr("ui.inside.on_stage.MOST_PARAMETERS", 7849)
    app = inside(view="why")
    assert shown.patch is None
    assert any("too large for the browser" in caption.value for caption in app.caption)
    assert len(shown.row()) == 3


def test_where_the_patch_lies_stands_in_the_address_until_another_image_is_chosen(network, shown):
    app = inside(view="why", image="4")
    assert shown.patch["place"] is None
    key = shown.patch["image_key"]
    shown.hand.send(app, "placed", {"place": 406, "image": key})
    assert (parameter(app, "hidden"), shown.patch["place"]) == ("406", 406)
    strange = [{"place": one, "image": key} for one in (784, -1, 1.5, True, None, "7", [3])]
    for nonsense in (*strange, {"place": 7}, {"image": key}, {"place": 7, "image": [3]}, 7, None):
        shown.hand.send(app, "placed", nonsense)
        assert parameter(app, "hidden") == "406"
    app.number_input[0].set_value(5).run()
    assert parameter(app, "hidden") is None
    assert shown.patch["place"] is None
    shown.hand.send(app, "placed", {"place": 406, "image": key})  # which came too late
    assert parameter(app, "hidden") is None
    shown.hand.send(app, "placed", {"place": 406, "image": shown.patch["image_key"]})
    assert parameter(app, "hidden") == "406"


def test_a_patch_that_lies_beside_the_image_is_said(network, shown):
    app = inside(view="why", hidden="784")
    assert "hidden `784`: it must be a whole number from 0 to 783" in warnings(app)
    assert shown.patch["place"] is None
