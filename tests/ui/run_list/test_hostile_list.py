"""The folders of runs may hold anything: the list shows what there is to be shown."""

import json
import os
from contextlib import suppress
from pathlib import Path

import pytest

from nn import runs
from tests.ui.compare.test_hostile_comparison import RUNS
from tests.ui.run_list.runs_page import a_run, column, open_list
from tests.ui.train.train_page import texts
from ui.run_list.facts import facts_of
from ui.run_list.listed import Listed
from ui.run_list.table import table_content


@pytest.mark.usefixtures("datasets", "jobs")
def test_hostile_runs_do_no_harm(tmp_path: Path) -> None:
    for name, (config, events) in RUNS.items():
        folder = tmp_path / name.replace(" ", "_")
        folder.mkdir()
        (folder / "config.json").write_text(json.dumps(config))
        lines = [json.dumps({"time": 1e9, "step": 1, "epoch": 1.0} | event) for event in events]
        (folder / "events.jsonl").write_text("\n".join([*lines, ""]))
        for file in ("owner", "search.json", "name.txt", "token", "brought.json"):
            (folder / file).write_bytes(b'{"browsers": [7], "search": {}}\xff')
    (tmp_path / "times").mkdir()
    (tmp_path / "times" / "config.json").write_text("{}")
    os.utime(tmp_path / "times" / "config.json", (1e11, 1e11))
    with suppress(OSError):  # not every system has such names
        os.mkdir(os.fsencode(tmp_path) + b"/\xff")
        (tmp_path / "\udcff" / "config.json").write_text("{}")
    a_run(tmp_path, "good", test_loss=10**80)
    page = open_list(*(run.replace(" ", "_") for run in RUNS), "good")
    assert column(page, "network")[:2] == ["", "784-4-10"]
    assert column(page, "loss")[1] == 1e80
    assert f"{len(RUNS) + 2} runs" in texts(page)
    assert "<b>moons" not in texts(page)


def test_in_the_csv_file_of_the_list_no_cell_begins_a_formula(tmp_path: Path) -> None:
    folder = a_run(tmp_path, "one", dataset="@sum(1)")
    runs.write_name(folder, "=1+1")
    listed = Listed(facts_of(runs.Run(folder)), "finished", moves=False)
    (row,) = table_content([listed]).to_pylist()
    assert (row["name"], row["data"]) == ("'=1+1", "'@sum(1)")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
@pytest.mark.usefixtures("datasets", "jobs")
def test_a_run_that_may_not_be_read_is_left_out(tmp_path: Path) -> None:
    a_run(tmp_path, "good")
    (a_run(tmp_path, "locked") / "config.json").chmod(0)
    assert len(column(open_list(), "network")) == 1
