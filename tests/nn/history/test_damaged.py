"""The folder of a history may hold anything: what can't have been is refused, or left out."""

import json

import numpy as np
import pytest

from nn.history import History
from tests.nn.history.small_trainings import make, train


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    train(folder, make())
    return folder


@pytest.fixture
def folder(trained, tmp_path):
    """The history of a training, to damage."""
    (tmp_path / "history" / "0").mkdir(parents=True)
    for path in (trained / "history" / "0").iterdir():
        (tmp_path / "history" / "0" / path.name).write_bytes(path.read_bytes())
    return tmp_path


LARGE = [{"type": "Linear", "in_features": 10**6, "out_features": 10**6}]


@pytest.mark.parametrize(
    "changes",
    [
        {"layers": 5},
        {"layers": []},
        {"layers": LARGE},
        {"input_std": float("nan")},
        {"steps_per_epoch": "x"},
        {"test_images": 7},
        {"test_images": [-1]},
        {"test_images": [[[]]]},
        {"probe": None},
        {"other": 1},
    ],
)
def test_what_it_is_about_is_checked(changes, folder):
    path = folder / "history" / "0" / "about.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes), encoding="utf-8")
    with pytest.raises(ValueError, match="holds no whole history"):
        History(folder)


@pytest.mark.parametrize("text", ["", "[]", "[" * 100_000, "\xff", '{"format": 2}'])
def test_what_is_no_description_is_refused(text, folder):
    (folder / "history" / "0" / "about.json").write_text(text, encoding="latin-1")
    with pytest.raises(ValueError):  # noqa: PT011 (what JSON says)
        History(folder)


@pytest.mark.parametrize(
    ("field", "value"), [("step", -1), ("step", 2**60), ("epoch", np.nan), ("epoch", -0.5)]
)
@pytest.mark.parametrize("kind", ["health", "answers", "whole"])
def test_a_moment_that_cannot_be_is_left_out(field, value, kind, folder):
    file = folder / "history" / "0" / ("weights" if kind == "whole" else kind)
    records = getattr(History(folder), kind)().copy()
    records[field][1] = value
    file.with_suffix(".bin").write_bytes(records.tobytes())
    left = getattr(History(folder), kind)()
    assert left["step"].tolist() == np.delete(records["step"], 1).tolist()


@pytest.mark.parametrize("value", [np.nan, np.inf, 400.0])
def test_a_layer_that_cannot_have_fared_so_is_left_out(value, folder):
    records = History(folder).health().copy()
    records["layers"]["update_ratio"][0, 1] = value
    if not np.isfinite(value):
        records["layers"]["numbers"][1, 0, 1, 3] = value
    (folder / "history" / "0" / "health.bin").write_bytes(records.tobytes())
    gone = [0] if np.isfinite(value) else [0, 1]
    left = History(folder).health()
    assert left["step"].tolist() == np.delete(records["step"], gone).tolist()
