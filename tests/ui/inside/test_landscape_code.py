"""The landscape's lines to copy print the numbers that are drawn."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from nn.history import History, recorder
from nn.landscape.directions import path_sheet, random_sheet
from nn.landscape.sheet import Sheet
from tests.ui.inside.inside_page import inside
from tests.ui.inside.landscape_charts import Charts, stand_in
from tests.ui.inside.test_moments import train
from ui.inside.copied_code import model_file
from ui.inside.landscape_code import sheet_file


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    return stand_in(monkeypatch)


@pytest.fixture
def printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., np.ndarray]:
    """Runs the copied lines beside their files, and reads what they print."""

    def run_code(page: AppTest, network: nn.Network, sheet: Sheet) -> np.ndarray:
        (code,) = [block.value for block in page.code]
        digits = data.load("digits")
        (tmp_path / "model.py").write_bytes(model_file(network, "a network"))
        (tmp_path / "sheet.npz").write_bytes(sheet_file(sheet))
        np.savez(tmp_path / "images.npz", images=digits.test_images, labels=digits.test_labels)
        monkeypatch.chdir(tmp_path)
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, "model", raising=False)
        with np.printoptions(threshold=sys.maxsize):
            exec(code, {})
        numbers = capsys.readouterr().out.replace("[", " ").replace("]", " ").split()
        return np.array(numbers, float).reshape(25, 25)

    return run_code


def test_over_the_sheet_of_a_path(
    shipped: Path,
    tmp_path: Path,
    charts: Charts,
    printed: Callable[..., np.ndarray],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorder, "FREE_SECONDS", 1000.0)  # however busy the computer is
    run = train(tmp_path / "runs" / "some-run")
    page = inside(model="some-run", view="landscape")
    history = History(run)
    sheet, _ = path_sheet([history.network_at(record) for record in history.whole()])
    found = printed(page, nn.load(run / "model.safetensors"), sheet)
    np.testing.assert_allclose(np.log10(found), charts.heights, atol=2e-4)


def test_with_batch_normalisation(
    shipped: Path, charts: Charts, printed: Callable[..., np.ndarray]
) -> None:
    metadata = {"dataset": "digits", "labels": json.dumps(list("0123456789"))}
    network = nn.Network.mlp([784, 6, 10], seed=4, metadata=metadata, batch_norm=True)
    nn.save(network, shipped / "default.safetensors")
    page = inside(view="landscape")
    found = printed(page, network, random_sheet(network, 0))
    np.testing.assert_allclose(np.log10(found), charts.heights, atol=2e-4)
