"""What a view that takes long shows of a network that still trains."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import nn
from nn.runs import RunWriter
from tests.ui.inside.inside_page import inside, texts
from tests.ui.inside.surgery_page import stand_in
from ui.inside import surgery_exam
from ui.long_work import Progress, Running, long_work

pytestmark = pytest.mark.usefixtures("pad", "shipped")

STAYS = "What takes long to compute stays with the weights that it began with."


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Path]:
    """That of a training which goes on."""
    folder = tmp_path / "runs" / "r1"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits", hidden=(12,)).to_dict()) as writer:
        writer.write("started", dataset="digits", epochs=5)
        save(folder / "model.safetensors", 1)
        yield folder / "model.safetensors"


def save(path: Path, seed: int) -> None:
    nn.save(nn.Network.mlp([784, 12, 10], seed=seed, metadata={"dataset": "digits"}), path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the exams that go on, the newest last."""
    stand_in(monkeypatch)
    monkeypatch.setattr(surgery_exam, "QUICK", 0)
    keys: list[str] = []
    monkeypatch.setattr(long_work(), "ask", lambda piece, asker: keys.append(piece.key))
    monkeypatch.setattr(long_work(), "state", lambda key: Running(Progress()))
    return keys


def newest(page: AppTest) -> list:
    return [button for button in page.button if button.label == "Take the newest"]


def test_it_goes_on_with_the_weights_it_began_with(model: Path, asked: list[str]) -> None:
    page = inside(view="surgery", model="r1")
    page.run()
    first = asked[-1]
    assert STAYS in texts(page)
    assert not newest(page)
    save(model, 2)
    page.run()
    assert asked[-1] == first
    newest(page)[0].click().run()
    assert asked[-1] != first
    # A view that takes no time follows.
    page.segmented_control[0].set_value("activations").run()
    assert STAYS not in texts(page)


def test_what_other_visitors_look_at_does_not_take_its_weights(
    model: Path, asked: list[str]
) -> None:
    page = inside(view="surgery", model="r1")
    page.run()
    first = asked[-1]
    for seed in range(2, 10):
        save(model, seed)
        inside(view="activations", model="r1")
    page.run()
    assert asked[-1] == first
