"""A download without what Windows lacks."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.data.datasets.mirror import Mirror, arrays, idx_archives, write_torchvision
from tests.windows.conftest import MODULES

DOWNLOAD = """
import data

reports = []
data.download("mnist", on_progress=reports.append)
print(data.is_cached("mnist"), reports[-1]["done"] == reports[-1]["total"])
"""


def test_a_dataset_is_downloaded(on_windows: Callable[..., str], tmp_path: Path) -> None:
    mirror = Mirror()
    try:
        mirror.files = idx_archives(arrays("mnist"))
        write_torchvision(tmp_path / "site", [mirror.url], mirror.files)
        shown = on_windows(
            DOWNLOAD,
            PYTHONPATH=os.pathsep.join(map(str, (*MODULES, tmp_path / "site"))),
            SCRATCH_NN_DATA="",
            no_proxy="127.0.0.1",
        )
    finally:
        mirror.close()
    assert shown == "True True\n"
