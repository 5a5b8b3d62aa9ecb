"""The view "Landscape": the sheet that is drawn, the path, the network at a point, the line."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import data
import nn
from nn.history import History
from nn.landscape.directions import path_sheet, random_sheet, straight_line
from tests.ui.inside.inside_page import inside, parameter, texts, warnings
from tests.ui.inside.landscape_charts import Charts, stand_in
from tests.ui.inside.test_moments import train
from tests.ui.long_work.steps import signs_and_result
from ui.inside import landscape, landscape_point
from ui.inside.landscape_beside import barrier_words
from ui.inside.landscape_choice import most_images, possible_point, usual_images
from ui.inside.landscape_work import LINE_POINTS, Ground, Landscape, Source
from ui.long_work import Done, long_work

N = 355
"""So many test images there are in tests."""


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    return stand_in(monkeypatch)


@pytest.fixture
def run(shipped: Path, tmp_path: Path) -> Path:
    """The folder of a training that is over."""
    return train(tmp_path / "runs" / "some-run")


def loss(network: nn.Network) -> float:
    digits = data.load("digits")
    found = nn.loss_and_accuracy(
        network, nn.CrossEntropyLoss(), digits.test_images, digits.test_labels, averaging=nn.ALONE
    )
    return float(found[0])


def test_a_model_without_history_stands_in_random_directions(
    network: nn.Network, charts: Charts
) -> None:
    page = inside(view="landscape", land_seed="3")
    drawn = charts.map["data"][0]
    assert (drawn["x"][0], drawn["x"][-1], len(drawn["x"])) == (-1, 1, 25)
    sheet = random_sheet(network, 3)
    for row, column in ((0, 0), (12, 12), (5, 20)):
        expected = loss(sheet.network_at(drawn["x"][column], drawn["y"][row]))
        assert charts.heights[row, column] == pytest.approx(np.log10(expected), abs=1e-4)
    assert charts.map["layout"]["title"]["text"] == f"Loss on {N} test images"
    assert "no path" in texts(page)


def test_extent_points_and_images_are_those_of_the_address(
    network: nn.Network, charts: Charts
) -> None:
    query = {"land_extent": "2", "land_points": "37", "land_on": "training", "land_count": "200"}
    page = inside(view="landscape", **query)
    assert charts.heights.shape == (37, 37)
    assert charts.map["layout"]["xaxis"]["range"] == [-2, 2]
    assert charts.map["layout"]["title"]["text"] == "Loss on 200 training images"
    images = page.selectbox(key="land_count_box")
    assert images.options == ["200", "500", "1,000", "1,442 (all)"]
    page = inside(view="landscape", land_count="1000")
    assert page.selectbox(key="land_count_box").options == ["200", f"{N} (all)"]
    assert charts.map["layout"]["title"]["text"] == f"Loss on {N} test images"
    assert warnings(page) == ""


def test_the_path_runs_over_its_sheet_and_beside_it(run: Path, charts: Charts) -> None:
    records = History(run).whole()
    page = inside(model="some-run", view="landscape", at=str(records[2]["step"]))
    networks = [History(run).network_at(record) for record in records]
    sheet, shares = path_sheet(networks)
    _, path, start, end, now, _ = charts.map["data"]
    places = np.array([sheet.coordinates(network)[:2] for network in networks])
    np.testing.assert_allclose(np.array([path["x"], path["y"]]).T, places, atol=1e-5)
    assert [end["x"], end["y"]] == [[0], [0]]
    np.testing.assert_allclose([start["x"][0], now["x"][0]], places[[0, 2], 0], atol=1e-5)
    for axis, at in (("xaxis", 0), ("yaxis", 1)):
        low, high = charts.map["layout"][axis]["range"]
        assert low < places[:, at].min() <= places[:, at].max() < high
    true, on_sheet = charts.figures["inside_landscape_losses"]["data"]
    assert true["y"][1] == pytest.approx(loss(networks[1]), rel=1e-4)
    nearest = sheet.network_at(*places[1])
    assert on_sheet["y"][1] == pytest.approx(loss(nearest), rel=1e-4)
    (distance,) = charts.figures["inside_landscape_distances"]["data"]
    assert distance["y"][1] == pytest.approx(sheet.coordinates(networks[1])[2], rel=1e-4)
    assert f"**{100 * shares.sum():.1f}" in texts(page)


def test_the_end_of_the_path_is_not_quite_the_network_above(run: Path, charts: Charts) -> None:
    rounded = "the last moment that the training has kept, its weights rounded (float16)"
    page = inside(model="some-run", view="landscape")
    assert rounded in texts(page)
    page = inside(model="some-run", view="landscape", land_point="0.5,0")
    assert rounded not in texts(page)


def test_as_a_surface_the_path_lies_on_it(run: Path, charts: Charts) -> None:
    inside(model="some-run", view="landscape", land_as="surface")
    drawn, path, pin = charts.figures["inside_landscape_surface"]["data"]
    assert [one["type"] for one in (drawn, path, pin)] == ["surface", "scatter3d", "scatter3d"]
    scene = charts.figures["inside_landscape_surface"]["layout"]["scene"]
    titles = [scene[axis]["title"]["text"] for axis in ("xaxis", "yaxis")]
    assert titles == ["First component", "Second component"]  # more has no room on a phone
    sheet_losses = charts.figures["inside_landscape_losses"]["data"][1]["y"]
    np.testing.assert_allclose(path["z"], np.log10(sheet_losses), atol=1e-4)


def test_a_click_is_a_network_that_reads_the_image(network: nn.Network, charts: Charts) -> None:
    page = inside(view="landscape", image="7")
    charts.click(page, "inside_landscape_map", {"x": 0.25, "y": -0.5})
    assert parameter(page, "land_point") == "0.25,-0.5"
    there = random_sheet(network, 0).network_at(0.25, -0.5)
    image = data.load("digits").test_images[7]
    bars = charts.figures["inside_landscape_answer"]["data"][0]["x"]
    np.testing.assert_allclose(bars, 100 * there.predict_proba(image[None])[0], atol=1e-3)
    assert f"its loss is **{loss(there):.3g}**" in texts(page)
    assert [box.value for box in page.number_input if box.label in "xy"] == [0.25, -0.5]
    cross = charts.map["data"][-1]
    assert (cross["x"], cross["y"]) == ([0.25], [-0.5])
    charts.click(page, "inside_landscape_map", {"x": "1", "y": 0})
    assert parameter(page, "land_point") == "0.25,-0.5"


@pytest.mark.parametrize(("x", "y"), [(1, None), ("1", 0), (True, 0), (1e9, 0), (np.nan, 0)])
def test_what_is_no_point_is_none(x: object, y: object) -> None:
    assert possible_point(x, y) is None


def test_the_boxes_choose_a_point_too(network: nn.Network, charts: Charts) -> None:
    page = inside(view="landscape")
    next(box for box in page.number_input if box.label == "y").set_value(0.125).run()
    assert parameter(page, "land_point") == "0,0.125"
    seed = next(box for box in page.number_input if box.label == "Seed")
    seed.set_value(5).run()
    assert (parameter(page, "land_seed"), parameter(page, "land_point")) == ("5", None)


def test_the_line_to_another_network_of_the_same_layers(
    network: nn.Network, shipped: Path, charts: Charts
) -> None:
    other = nn.Network.mlp([784, 12, 10], seed=5, metadata=network.metadata)
    nn.save(other, shipped / "other.safetensors")
    wider = nn.Network.mlp([784, 13, 10], seed=5, metadata=network.metadata)
    nn.save(wider, shipped / "wider.safetensors")
    page = inside(view="landscape", land_by="line", image="3")
    (box,) = [box for box in page.selectbox if box.label == "The other network"]
    assert len(box.options) == 1
    (line,) = charts.figures["inside_line_losses"]["data"]
    assert line["x"] == LINE_POINTS.tolist()
    ends = {x: y for x, y in zip(line["x"], line["y"], strict=True) if x in (0, 1)}
    assert ends == pytest.approx({0: loss(network), 1: loss(other)}, rel=1e-4)
    (shares,) = charts.figures["inside_line_accuracies"]["data"]
    assert 0 <= min(shares["y"]) <= max(shares["y"]) <= 100
    charts.click(page, "inside_line_losses", {"x": 0.75, "y": 2.2})
    assert parameter(page, "land_point") == "0.75,0"
    there = straight_line(network, other).network_at(0.75, 0)
    assert f"its loss is **{loss(there):.3g}**" in texts(page)


@pytest.mark.parametrize(
    ("top", "words"), [(0.9, "rises to **0.9**, where 75.0"), (0.12, "no barrier")]
)
def test_a_barrier_is_where_the_loss_rises_above_both_ends(top: float, words: str) -> None:
    losses = np.where((LINE_POINTS > 0) & (LINE_POINTS < 1), top, 0.1)
    losses[LINE_POINTS > 1] = 5.0  # what lies beyond is none
    none = np.empty(0)
    accuracies = np.full((1, 25), 0.75)
    found = Landscape(LINE_POINTS, np.zeros(1), losses[None], accuracies, 9, none, none, none)
    assert words in barrier_words(found)


@pytest.mark.parametrize(
    "bad",
    [
        {
            "land_by": "line",  # there is no other network
            "land_extent": "3",
            "land_points": "1000",
            "land_on": "<b>",
            "land_count": "9",
            "land_as": "globe",
            "land_seed": "-1",
            "land_point": "0.5",
        },
        {"land_by": "path", "land_point": "nan,0"},  # this model has no history
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    network: nn.Network, charts: Charts, bad: dict[str, str]
) -> None:
    page = inside(view="landscape", **bad)
    said = warnings(page)
    assert [name for name in bad if f"for {name} " not in said] == []
    assert charts.heights.shape == (25, 25)


def test_images_that_have_come_since_have_a_landscape_of_their_own(
    network: nn.Network, charts: Charts, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = inside(view="landscape")
    digits = data.load("digits")
    own = replace(digits, test_images=255 - digits.test_images)
    monkeypatch.setattr(data, "is_available", lambda _: True)
    monkeypatch.setattr(data, "load", lambda _: own)
    page.run()
    assert f"its loss is **{loss(network):.3g}**" in texts(page)
    assert charts.heights[12, 12] == pytest.approx(np.log10(loss(network)), abs=1e-4)


def test_a_run_that_was_deleted_meanwhile_is_no_error_of_the_page(
    run: Path, charts: Charts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(source: Source) -> Ground:
        raise FileNotFoundError(2, "No such file or directory", str(run / "history"))

    monkeypatch.setattr(landscape, "ground_of", gone)
    said = texts(inside(model="some-run", view="landscape"))
    assert "This cannot be drawn: A file or folder is not there any more." in said
    assert str(run) not in said


def test_every_control_has_a_help_text(network: nn.Network, shipped: Path) -> None:
    nn.save(network, shipped / "other.safetensors")
    for by in ("random", "line"):
        page = inside(view="landscape", land_by=by)
        assert [one.label for one in [*page.selectbox, *page.number_input] if not one.help] == []


def test_a_training_that_goes_on_stands_in_random_directions(
    run: Path, charts: Charts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nn.runs.Run, "is_active", property(lambda _: True))
    network = nn.load(run / "model.safetensors")
    for at, shown in ((None, network), ("0", History(run).network_at(History(run).whole()[0]))):
        page = inside(model="some-run", view="landscape", **({"at": at} if at else {}))
        assert "Its training goes on: once that is over, its path is here too." in texts(page)
        assert charts.map["layout"]["xaxis"]["title"]["text"] == "First random direction"
        assert charts.heights[12, 12] == pytest.approx(np.log10(loss(shown)), abs=1e-4)


def test_the_loss_at_a_point_of_a_large_network_is_long_work_beside_the_landscape(
    network: nn.Network, charts: Charts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landscape_point, "QUICK", 0)
    page = inside(view="landscape", land_point="0.25,-0.5")
    assert "its loss is" not in texts(page)
    assert [button.label for button in page.button].count("Cancel") == 1
    (asked,) = long_work()._line.values()
    arguments = pickle.loads(pickle.dumps(asked.piece.arguments))  # as the other process gets them
    _, found = signs_and_result(asked.piece.function(*arguments))
    there = random_sheet(network, 0).network_at(0.25, -0.5)
    assert found[0] == pytest.approx(loss(there), rel=1e-5)
    state, key = long_work().state, asked.piece.key
    monkeypatch.setattr(long_work(), "state", lambda one: Done(found) if one == key else state(one))
    page.run()
    assert f"its loss is **{loss(there):.3g}**" in texts(page)
    assert "Cancel" not in [button.label for button in page.button]


def test_large_networks_are_looked_at_with_fewer_images() -> None:
    small = nn.Network.mlp([784, 128, 64, 10], initializer="zeros")
    large = nn.Network.mlp([784, 1024, 1024, 10], initializer="zeros")
    assert (usual_images(small, 625), most_images(small, 2401)) == (2000, 2000)
    assert (usual_images(large, 625), most_images(large, 625)) == (200, 1000)
    assert most_images(large, 2401) == 200
