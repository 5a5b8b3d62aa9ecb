"""The view "Surgery": what is operated, and what the exam says."""

import base64
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import data
import nn
from nn.explain.surgery import Operation
from nn.history import History
from tests.ui.inside.inside_page import Pad, inside, parameter, texts, warnings
from tests.ui.inside.surgery_page import accuracies, click, exam, stand_in
from tests.ui.inside.test_moments import train
from tests.ui.inside.view_component import ViewComponent
from ui.inside import surgery_exam
from ui.inside.surgery_work import Sat
from ui.long_work import Done, Piece, long_work
from ui.shared.percent import percent

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> tuple[ViewComponent, ViewComponent]:
    return stand_in(monkeypatch)


@pytest.fixture
def walls(parts: tuple[ViewComponent, ViewComponent]) -> ViewComponent:
    return parts[0]


@pytest.fixture
def sides(parts: tuple[ViewComponent, ViewComponent]) -> ViewComponent:
    """The images that changed sides."""
    return parts[1]


@pytest.fixture
def network(network: nn.Network, shipped: Path) -> nn.Network:
    """One that has learned something, or no image would change sides."""
    digits = data.load("digits")
    trainer = nn.Trainer(
        network,
        nn.Adam(network.parameters, network.gradients),
        nn.CrossEntropyLoss(),
        digits.train_images,
        digits.train_labels,
        epochs=5,
    )
    for _ in trainer.run():
        pass
    network = network.copy()
    nn.save(network, shipped / "default.safetensors")
    return network


def test_a_click_cuts_and_a_second_one_heals(
    network: nn.Network, walls: ViewComponent, sides: ViewComponent
) -> None:
    page = inside(view="surgery")
    before = exam(network).before
    assert f"it reads **{percent(before.accuracy)}** right" in texts(page)
    assert [len(one["images"]) for one in sides.data["sides"]] == [0, 0, 0]
    click(page, walls, (0, 3), (0, 4))
    assert parameter(page, "surgery") == "cut-0-3_4"
    after = exam(network).after([Operation("cut", 0, [3, 4])])
    assert f"reads **{percent(after.accuracy)}** right" in accuracies(page)
    assert walls.data["answered"] == 7
    [operated] = walls.data["operated"]
    assert (operated["layer"], operated["units"], operated["same"]) == (0, [3, 4], True)
    lost = np.flatnonzero(
        (before.classes == before.labels) & (after.classes != after.labels)
    ).tolist()
    assert len(lost) > 0
    shown = sides.data["sides"][0]
    assert [one["number"] for one in shown["images"]] == lost[:40]
    pixels = np.frombuffer(base64.b64decode(shown["pixels"]), np.uint8).reshape(-1, 28, 28)
    np.testing.assert_array_equal(pixels, data.load("digits").test_images[lost[:40]])
    click(page, walls, (0, 3))
    assert parameter(page, "surgery") == "cut-0-4"
    click(page, walls, (0, 4))
    assert parameter(page, "surgery") is None


def test_images_that_are_wrong_in_another_way_are_shown(
    network: nn.Network, walls: ViewComponent, sides: ViewComponent
) -> None:
    page = inside(view="surgery", surgery="cut-0-0_7")
    before, after = exam(network).before, exam(network).after([Operation("cut", 0, range(8))])
    wrong = (before.classes != before.labels) & (after.classes != before.labels)
    expected = np.flatnonzero(wrong & (before.classes != after.classes)).tolist()
    assert len(expected) > 0
    shown = sides.data["sides"][2]
    assert shown["title"].startswith("Wrong before, wrong in another way now")
    assert [one["number"] for one in shown["images"]] == expected[:40]
    for one in shown["images"]:
        assert len({one["label"], one["was"], one["now"]}) == 3
    sides.send(page, "chosen", {"number": expected[0]})
    assert parameter(page, "image") == str(expected[0])


def test_an_image_that_changed_sides_becomes_that_of_the_page(
    network: nn.Network, walls: ViewComponent, sides: ViewComponent, pad: Pad
) -> None:
    page = inside(view="surgery", surgery="cut-0-all")
    number = sides.data["sides"][0]["images"][0]["number"]
    sides.send(page, "chosen", {"number": number})
    assert parameter(page, "image") == str(number)
    assert parameter(page, "surgery") == "cut-0-all"
    assert f"test image {number}" in pad.data["name"]
    now = exam(network).after([Operation("cut", 0)]).classes[number]
    assert f"now reads as **{now}**" in texts(page)
    for sent in ({"number": 10**6}, {"number": True}, {"number": "1"}, None):
        sides.send(page, "chosen", sent)
    assert parameter(page, "image") == str(number)


@pytest.mark.parametrize(
    ("text", "operation", "words"),
    [
        ("frozen-0-1", Operation("frozen", 0, [1]), "Layer 1, neuron 1: frozen to the mean"),
        (
            "noise-0-0_2.5-2.5-9",
            Operation("noise", 0, [0, 1, 2, 5], size=2.5, seed=9),
            "neurons 0–2, 5: disturbed by 2.5 × their deviation, seed 9",
        ),
        ("cut-2b-all", Operation("cut", 2, biases=True), "Output, bias of all 10 neurons: cut"),
    ],
)
def test_each_tool_does_what_the_engine_does(
    network: nn.Network, walls: ViewComponent, text: str, operation: Operation, words: str
) -> None:
    page = inside(view="surgery", surgery=text)
    assert warnings(page) == ""
    expected = exam(network).after([operation])
    assert f"reads **{percent(expected.accuracy)}** right" in accuracies(page)
    assert words in texts(page).replace("\\", "")


def test_neurons_are_operated_by_their_numbers(network: nn.Network, walls: ViewComponent) -> None:
    page = inside(view="surgery", surgery="cut-0-3", surgery_how="noise", surgery_size="0.5")
    page.text_input(key="surgery_units").set_value("1, 4-6").run()
    operate = next(button for button in page.button if button.label == "Operate")
    operate.click().run()
    assert parameter(page, "surgery") == "cut-0-3~noise-0-1.4_6-0.5-0"
    page.text_input(key="surgery_units").set_value("12").run()
    next(button for button in page.button if button.label == "Operate").click().run()
    assert "Layer 1 has neurons 0 to 11. Not there: `12`." in warnings(page)
    assert parameter(page, "surgery") == "cut-0-3~noise-0-1.4_6-0.5-0"
    next(button for button in page.button if button.label == "Heal all").click().run()
    assert parameter(page, "surgery") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "1, two, 9-4, 12, 5-20, [a](b)",
            "Not numbers: `two`, `[a](b)`. From a larger number to a smaller one: `9-4`. "
            "Layer 1 has neurons 0 to 11. Not there: `12`, `5-20`. Write numbers",
        ),
        ("a b c d e f g", "Not numbers: `a`, `b`, `c`, `d`, `e` and 2 more. Write numbers"),
        (" , ", "Write numbers with commas between them"),
    ],
)
def test_all_that_is_wrong_with_the_numbers_is_said_at_once(
    network: nn.Network, walls: ViewComponent, text: str, said: str
) -> None:
    page = inside(view="surgery")
    page.text_input(key="surgery_units").set_value(text).run()
    next(button for button in page.button if button.label == "Operate").click().run()
    assert warnings(page).startswith(said)
    assert parameter(page, "surgery") is None


def test_neurons_of_another_network_and_of_another_moment(
    shipped: Path, tmp_path: Path, walls: ViewComponent
) -> None:
    for seed, name in enumerate(("first", "second")):
        train(tmp_path / "runs" / name, seed)
    mine, theirs = (
        nn.load(tmp_path / "runs" / name / "model.safetensors") for name in ("first", "second")
    )
    page = inside(view="surgery", model="first", surgery="swapped-0-all-model-second")
    assert warnings(page) == ""
    expected = exam(mine).after([Operation("swapped", 0, other=theirs)])
    assert f"reads **{percent(expected.accuracy)}** right" in accuracies(page)
    history = History(tmp_path / "runs" / "first")
    start = history.network_at(history.whole()[0])
    page = inside(view="surgery", model="first", surgery="swapped-0-0_5-step-0")
    assert "swapped for those of this training, before the first step" in texts(page)
    expected = exam(mine).after([Operation("swapped", 0, range(6), other=start)])
    assert f"reads **{percent(expected.accuracy)}** right" in accuracies(page)
    page = inside(view="surgery", model="first", surgery="swapped-0-all-model-third")
    assert "can't be done here" in warnings(page)


def test_visitors_share_one_copy_of_the_network_that_neurons_come_from(
    shipped: Path, tmp_path: Path, walls: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed, name in enumerate(("first", "second")):
        train(tmp_path / "runs" / name, seed)
    others, perhaps_long = [], surgery_exam.perhaps_long

    def noting(work: Piece, what: str, *, is_quick: bool) -> Any:
        others.extend(other for _, other in work.arguments[-1])
        return perhaps_long(work, what, is_quick=is_quick)

    monkeypatch.setattr(surgery_exam, "perhaps_long", noting)
    for source in ("model-second", "step-0"):
        for _ in range(2):
            inside(view="surgery", model="first", surgery=f"swapped-0-all-{source}")
    first, again, start, started = others
    assert first is again
    assert start is started
    assert start is not first


def test_without_a_hidden_layer_it_is_said_what_can_be_done(
    shipped: Path, walls: ViewComponent
) -> None:
    network = nn.Network.mlp([784, 10], seed=4, metadata={"dataset": "mnist"})
    nn.save(network, shipped / "default.safetensors")
    page = inside(view="surgery")
    assert "no hidden layer" in texts(page)
    assert "click a neuron" not in texts(page)
    biases = inside(view="surgery", surgery_part="biases")
    assert "no hidden layer" not in texts(biases)
    assert "click a neuron" in texts(biases)


def test_every_control_has_a_help_text(network: nn.Network, walls: ViewComponent) -> None:
    page = inside(view="surgery", surgery_how="noise")
    controls = [*page.selectbox, *page.number_input, *page.text_input, *page.button]
    assert [one.label for one in controls if not one.help] == []


def test_a_slow_exam_is_long_work_and_the_same_for_every_image(
    network: nn.Network, walls: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surgery_exam, "QUICK", 0)
    labels = data.load("digits").test_labels
    states = defaultdict[str, Done](lambda: Done(Sat(np.eye(10)[labels], {})))
    monkeypatch.setattr(long_work(), "state", lambda key: states[key])
    answers = exam(network).after([Operation("cut", 0, range(8))]).classes
    for image in (0, int((answers != answers[0]).argmax())):
        page = inside(view="surgery", surgery="cut-0-0_7", image=str(image))
        assert f"reads **{percent(1)}** right" in texts(page)
        assert f"now reads as **{answers[image]}**" in texts(page)
        assert len(states) == 2  # before and after
