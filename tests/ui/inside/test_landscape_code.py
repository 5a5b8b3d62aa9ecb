"""The landscape's lines to copy print the numbers that are drawn."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import data
import nn
from nn.history import History
from nn.landscape.directions import path_sheet, random_sheet
from nn.landscape.sheet import Sheet
from tests.ui.inside.inside_page import inside, numbers
from tests.ui.inside.landscape_charts import Charts, stand_in
from tests.ui.inside.test_moments import train
from ui.inside.copied_code import images_file, model_file
from ui.inside.landscape_code import sheet_file


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    return stand_in(monkeypatch)


def files(network: nn.Network, sheet: Sheet) -> dict[str, bytes]:
    digits = data.load("digits")
    images = digits.test_images
    return {
        "model.py": model_file(network, "a network"),
        "sheet.npz": sheet_file(sheet),
        "images.npz": images_file(images, digits.test_labels, np.arange(len(images))),
    }


def test_over_the_sheet_of_a_path(
    shipped: Path,
    tmp_path: Path,
    charts: Charts,
    printed: Callable[..., str],
) -> None:
    run = train(tmp_path / "runs" / "some-run")
    page = inside(model="some-run", view="landscape")
    history = History(run)
    sheet, _ = path_sheet([history.network_at(record) for record in history.whole()])
    found = numbers(printed(page, files(nn.load(run / "model.safetensors"), sheet)))
    np.testing.assert_allclose(np.log10(found).reshape(25, 25), charts.heights, atol=2e-4)


def test_with_batch_normalisation(
    shipped: Path, charts: Charts, printed: Callable[..., str]
) -> None:
    metadata = {"dataset": "digits", "labels": json.dumps(list("0123456789"))}
    network = nn.Network.mlp([784, 6, 10], seed=4, metadata=metadata, batch_norm=True)
    nn.save(network, shipped / "default.safetensors")
    page = inside(view="landscape")
    found = numbers(printed(page, files(network, random_sheet(network, 0))))
    np.testing.assert_allclose(np.log10(found).reshape(25, 25), charts.heights, atol=2e-4)
