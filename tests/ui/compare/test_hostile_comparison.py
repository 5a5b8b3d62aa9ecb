"""The folders of runs may hold anything: the comparison shows what there is to be shown."""

import json

import pytest

from tests.ui.compare.compare_page import charts, open_comparison, tables
from tests.ui.train.test_hostile_runs import CONFIG, HOSTILE

CONFIGS = {
    "nothing": {},
    "no network": {"hidden": "wide", "epochs": [], "dataset": {}},
    "other kinds": {"dataset": "<b>moons</b>", "hidden": [10**6] * 50, "optimizer": ["adam"]},
    "members": CONFIG | {"other_members": [{"hidden": [8]}, 7]},
    "large": CONFIG | {"learning_rate": 1e30, "batch_size": -1, "l1": {"a": {"b": []}}},
}
ENDED = [{"type": "epoch", "train_loss": 0.5}, {"type": "finished", "test_accuracy": 0.9}]
RUNS = {name: (CONFIG, events) for name, events in HOSTILE.items()} | {
    name: (config, ENDED) for name, config in CONFIGS.items()
}
NAMES = list(RUNS)


@pytest.mark.parametrize("first", range(0, len(NAMES), 8))
def test_hostile_runs_do_no_harm(first, shipped, tmp_path):
    keys = []
    for name in NAMES[first : first + 8]:
        config, events = RUNS[name]
        folder = tmp_path / "runs" / name.replace(" ", "_")
        folder.mkdir(parents=True)
        keys.append(folder.name)
        (folder / "config.json").write_text(json.dumps(config))
        lines = [json.dumps({"time": 1e9, "step": 1, "epoch": 1.0} | event) for event in events]
        (folder / "events.jsonl").write_text("\n".join([*lines, ""]))
        (folder / "model.safetensors").write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{}      ")
    page = open_comparison(*keys, along="Time")
    assert len(charts(page)) == 1
    assert len(tables(page)["Results"]["State"]) == len(keys)
    assert all("<b>moons" not in html.proto.body for html in page.get("html"))
