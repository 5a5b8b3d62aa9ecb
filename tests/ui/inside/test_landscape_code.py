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
from ui.inside.copied_moments import MOMENTS, moments_file
from ui.inside.landscape_code import sheet_file
from ui.runs.kept import kept


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    return stand_in(monkeypatch)


def files_of(network: nn.Network, sheet: Sheet) -> dict[str, bytes]:
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
    way = kept(run, "digits", 0, "whole")
    assert way is not None
    files = files_of(nn.load(run / "model.safetensors"), sheet) | {MOMENTS: moments_file(way)}
    found = numbers(printed(page, files))
    heights = np.log10(found[: 25**2]).reshape(25, 25)
    np.testing.assert_allclose(heights, charts.heights, atol=2e-4)
    steps, *places, distances, losses, sheet_losses = found[25**2 :].reshape(-1, 6).T
    assert steps.tolist() == way.steps
    path = charts.map["data"][1]
    np.testing.assert_allclose(places, [path["x"], path["y"]], atol=1e-4 * np.ptp(places))
    for key, expected in (
        ("inside_landscape_losses", [losses, sheet_losses]),
        ("inside_landscape_distances", [distances]),
    ):
        lines = [trace["y"] for trace in charts.figures[key]["data"]]
        np.testing.assert_allclose(expected, lines, rtol=1e-3, atol=1e-4 * distances.max())


def test_with_batch_normalisation(
    shipped: Path, charts: Charts, printed: Callable[..., str]
) -> None:
    metadata = {"dataset": "digits", "labels": json.dumps(list("0123456789"))}
    network = nn.Network.mlp([784, 6, 10], seed=4, metadata=metadata, batch_norm=True)
    nn.save(network, shipped / "default.safetensors")
    page = inside(view="landscape")
    found = numbers(printed(page, files_of(network, random_sheet(network, 0))))
    np.testing.assert_allclose(np.log10(found).reshape(25, 25), charts.heights, atol=2e-4)
