"""The Train page shows recorded trainings that go wrong, each beside a healthy twin."""

import json
from typing import Any

import pytest

from nn.failures import FAILURES, recording
from nn.history import History
from tests.ui.train.recorded_run import sent
from tests.ui.train.train_page import button, labels, look, open_page, start, texts
from ui.runs import chosen_moment
from ui.runs.jobs import Jobs
from ui.shared import address

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the slider of both was last given: its moments, the index, and how to choose one."""
    given: list[Any] = []

    def draw(label: str, moments: list[str], index: int, *, on_choose: Any, **others: Any) -> None:
        given[:] = moments, index, on_choose

    monkeypatch.setattr(chosen_moment, "moment_slider", draw)
    return given


def parameter(page: Any, name: str) -> str | None:
    value = page.query_params.get(name)
    return value[-1] if isinstance(value, list) else value


def alts(page: Any) -> list[str]:
    return [given["alt"] for given in sent(page, "figure")]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_each_opens_beside_its_twin(failure: Any, moved: list[Any]) -> None:
    page = open_page()
    assert sent(page, "layers") == []
    pills = next(group for group in page.get("button_group") if group.label == "Open a recording")
    pills.set_value(failure.name)
    look(page)
    assert parameter(page, "wrong") == failure.name
    for words in (failure.see, failure.title, failure.twin_title):
        assert words in texts(page)
    # Two of the page's own run, two of each of both, and the size of their steps.
    assert len(alts(page)) == 2 + 2 * 3
    health = [History(recording(name).folder).health() for name in (failure.name, failure.twin)]
    for told, records in zip(sent(page, "layers"), health, strict=True):
        assert [layer["dead"] for layer in told["layers"]] == records["layers"]["dead"][-1].tolist()


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_the_charts_of_both_have_one_scale(failure: Any, moved: list[Any]) -> None:
    page = open_page(wrong=failure.name)
    axes = [json.loads(given["figure"])["layout"]["yaxis"] for given in sent(page, "figure")][2:]
    assert len(axes) == 6  # of each loss, accuracy, and the size of its steps
    for one, other in zip(axes[:3], axes[3:], strict=True):
        assert one["range"] == pytest.approx(other["range"], abs=0.01)
        assert one.get("type") == other.get("type")
    huge = failure.name in ("learning-rate-5", "weights-x-10")
    assert (axes[0].get("type") == "log") == huge
    assert not any("cut off" in alt for alt in alts(page))


def test_both_are_watched_at_one_moment_in_the_chosen_way(
    moved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    step = int(History(recording("weights-x-10").folder).answers()["step"][5])
    page = open_page(wrong="weights-x-10", wrong_watch="digits", wrong_at=str(step))
    assert moved[1] == 5
    mine, twin = sent(page, "read")
    assert mine["numbers"] == twin["numbers"]
    assert mine["read"] != twin["read"]
    moments, _, choose = moved
    assert len(moments) > 5
    with monkeypatch.context() as patch:
        put: dict[str, str | None] = {}
        patch.setattr(address, "put", put.update)
        choose(0)
        assert put == {"wrong_at": "0"}
        choose(len(moments) - 1)
        assert put == {"wrong_at": None}


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_the_settings_of_both_can_be_taken(failure: Any, moved: list[Any]) -> None:
    page = open_page(wrong=failure.name)
    sides = ("a", failure.title, failure.config), ("b", failure.twin_title, failure.twin_config)
    assert sent(page, "turn") == []
    for turn, (side, title, config) in enumerate(sides, 1):
        page.button(f"wrong_use_{side}").click()
        look(page)
        (toast,) = page.toast
        assert f"The settings of **{title}** are in." in toast.value
        assert "press **Start training**" in toast.value
        assert sent(page, "turn") == [{"id": "settings", "turn": turn}]  # the browser goes there
        assert page.selectbox("dataset").value == config.dataset
        assert page.text_input("hidden").value == ", ".join(map(str, config.hidden))
        assert page.select_slider("learning_rate").value == config.learning_rate
        assert page.selectbox("initializer").value == config.initializer
        assert page.number_input("init_scale").value == config.init_scale
        assert page.selectbox("activation").value == config.activation
        assert not button(page, "Start training").disabled
        look(page)
        assert not page.toast


def test_the_words_name_the_button_that_is_there(moved: list[Any], jobs: Jobs) -> None:
    page = open_page(dataset="digits", epochs="200", batch_size="16", hidden="256")
    start(page, jobs)
    page.query_params["wrong"] = "learning-rate-5"
    look(page)
    page.button("wrong_use_a").click()
    look(page)
    (toast,) = page.toast
    assert "press **Train with these settings next**" in toast.value
    assert "Train with these settings next" in labels(page)
    assert "Start training" not in labels(page)


def test_a_projector_shows_nothing_of_it(moved: list[Any]) -> None:
    page = open_page(wrong="weights-x-10", projector="true")
    assert len(alts(page)) == 2  # of the run alone
    assert "What goes wrong" not in [heading.value for heading in page.subheader]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"wrong": "nothing"}, "six-sigmoid-layers, learning-rate-5"),
        ({"wrong": "weights-x-10", "wrong_watch": "curves"}, "digits, weights, health"),
        ({"wrong": "weights-x-10", "wrong_at": "soon"}, "a number of steps"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_told(
    moved: list[Any], parameters: dict[str, str], words: str
) -> None:
    assert words in texts(open_page(**parameters))
