"""The view "Surgery": what is operated, what the exam says, and what the address does."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from nn.explain.surgery import Exam, Operation
from nn.history import History
from tests.ui.inside.inside_page import Pad, inside, parameter, texts, warnings
from tests.ui.inside.test_moments import train
from tests.ui.inside.view_component import ViewComponent
from ui.inside import surgery, surgery_exam, surgery_list
from ui.inside.copied_code import images_file, model_file
from ui.long_work import Done, long_work
from ui.shared.percent import percent

pytestmark = pytest.mark.usefixtures("pad")


@pytest.fixture
def sides(monkeypatch: pytest.MonkeyPatch) -> ViewComponent:
    """Stands for the images that changed sides."""
    component = ViewComponent()
    monkeypatch.setattr(surgery, "_sides", component)
    return component


@pytest.fixture
def walls(monkeypatch: pytest.MonkeyPatch, sides: ViewComponent) -> ViewComponent:
    component = ViewComponent()
    monkeypatch.setattr(surgery, "_walls", component)
    return component


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


def click(page: AppTest, walls: ViewComponent, *neurons: tuple[int, int], number: int = 7) -> None:
    pairs = [{"layer": layer, "neuron": neuron} for layer, neuron in neurons]
    walls.send(page, "operated", {"number": number, "neurons": pairs})


def exam(network: nn.Network) -> Exam:
    digits = data.load("digits")
    return Exam(network, digits.test_images, digits.test_labels)


def accuracies(page: AppTest) -> str:
    return next(one.value for one in page.markdown if "lost" in one.value)


def test_a_click_cuts_and_a_second_one_heals(
    network: nn.Network, walls: ViewComponent, sides: ViewComponent
) -> None:
    page = inside(view="surgery")
    before = exam(network).before
    assert f"it reads **{percent(before.accuracy)}** right" in texts(page)
    assert [len(one["images"]) for one in sides.data["sides"]] == [0, 0]
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
    assert "Layer 1 has neurons 0 to 11" in warnings(page)
    next(button for button in page.button if button.label == "Heal all").click().run()
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("surgery", "cut"),
        ("surgery", "cut-1-all"),
        ("surgery", "cut-0-12"),
        ("surgery", "cut-2-1"),  # a logit
        ("surgery", "frozen-0b-1"),
        ("surgery", "noise-0-1-nan-0"),
        ("surgery", "noise-0-1-1-0-3"),
        ("surgery", "swapped-0-1-step-5"),  # this model has no history
        ("surgery", "cut-0-" + ".".join(["1"] * 300)),
        ("surgery_how", "burnt"),
        ("surgery_part", "x"),
        ("surgery_size", "-1"),
        ("surgery_seed", "1e9"),
    ],
)
def test_a_link_that_asks_for_what_cannot_be_says_so(
    network: nn.Network, walls: ViewComponent, name: str, value: str
) -> None:
    others = {"surgery_how": "noise"} if name in ("surgery_size", "surgery_seed") else {}
    page = inside(view="surgery", **(others | {name: value}))
    assert f"asks for {name}" in warnings(page)
    assert walls.data["operated"] == []


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        {"number": 1, "neurons": 3},
        {"number": "x", "neurons": [3, None, {}, {"layer": 0, "neuron": -1}]},
        {"number": 1, "neurons": [{"layer": 2, "neuron": 0}, {"layer": [], "neuron": {}}]},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing(
    network: nn.Network, walls: ViewComponent, sent: Any
) -> None:
    page = inside(view="surgery")
    walls.send(page, "operated", sent)
    assert parameter(page, "surgery") is None


def test_no_more_is_done_than_an_address_holds(
    network: nn.Network, walls: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surgery_list, "MOST_CHARACTERS", 10)
    page = inside(view="surgery", surgery="cut-0-1.3")
    click(page, walls, (0, 5))
    assert parameter(page, "surgery") == "cut-0-1.3"
    assert "no more operations" in warnings(page)


def test_every_control_has_a_help_text(network: nn.Network, walls: ViewComponent) -> None:
    page = inside(view="surgery", surgery_how="noise")
    controls = [*page.selectbox, *page.number_input, *page.text_input, *page.button]
    assert [one.label for one in controls if not one.help] == []


def test_a_slow_exam_is_long_work(
    network: nn.Network, walls: ViewComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surgery_exam, "_QUICK", 0)
    state = Done(surgery_exam.Sat(np.eye(10)[data.load("digits").test_labels], np.eye(10)[7]))
    monkeypatch.setattr(long_work(), "state", lambda key: state)
    page = inside(view="surgery")
    assert f"it reads **{percent(1)}** right" in texts(page)


@pytest.mark.parametrize("kind", ["dense", "convolutions"])
def test_the_copied_lines_print_the_same_accuracies(
    network: nn.Network,
    shipped: Path,
    walls: ViewComponent,
    monkeypatch: pytest.MonkeyPatch,
    printed: Callable[..., str],
    kind: str,
) -> None:
    monkeypatch.setattr(surgery_exam, "COUNTS", (60,))
    dense = kind == "dense"
    if dense:
        networks = [
            nn.Network.mlp([784, 6, 5, 10], batch_norm=True, dropout=0.1, seed=seed)
            for seed in (1, 2)
        ]
    else:
        networks = [
            nn.Network(
                [
                    nn.Conv2d(1, 6, 5, 28),
                    nn.BatchNorm(6 * 24**2),
                    nn.ReLU(),
                    nn.MaxPool2d(6, 24),
                    nn.Flatten(6, 12),
                    nn.Linear(6 * 12**2, 10),
                ],
                seed=seed,
            )
            for seed in (1, 2)
        ]
    images, labels = data.load("digits").test_images[:60], data.load("digits").test_labels[:60]
    mine, other = networks
    for each in networks:
        each.metadata = network.metadata
        each.parameters += np.random.default_rng(5).normal(0, 0.1, each.num_parameters)
    nn.save(mine, shipped / "default.safetensors")
    nn.save(other, shipped / "other.safetensors")
    text = "swapped-0-1.2-model-other~noise-0-0.3-0.5-7~cut-0b-4~frozen-0-5~cut-0-1"
    page = inside(view="surgery", model="default", surgery=text)
    assert warnings(page) == ""
    files = {
        "model.py": model_file(mine, "a network"),
        "other1.py": model_file(other, "the other"),
        "images.npz": images_file(images, labels, np.arange(60)),
    }
    accuracy, classes = printed(page, files).splitlines()
    operations = [
        Operation("swapped", 0, [1, 2], other=other),
        Operation("noise", 0, [0, 3], size=0.5, seed=7),
        Operation("cut", 0, [4], biases=True),
        Operation("frozen", 0, [5]),
        Operation("cut", 0, [1]),
    ]
    expected = Exam(mine, images, labels).after(operations)
    assert float(accuracy) == pytest.approx(expected.accuracy)
    found = eval(classes, {"np": np})
    np.testing.assert_allclose(found, expected.class_accuracies)
    assert f"**{percent(expected.accuracy)}** right" in texts(page)
