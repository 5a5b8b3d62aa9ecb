"""The page Runs in a test, and runs for its list."""

import hashlib
import time
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

import nn
from nn import runs
from tests.ui.train.train_page import PROJECT, look
from ui.run_list.table import CHOSEN
from ui.runs import files as run_files
from ui.runs import owners

COOKIE = "x" * 32
MINE, OTHER = hashlib.sha256(COOKIE.encode()).hexdigest(), "b" * 64


def a_run(
    folder: Path,
    name: str,
    owner: str = MINE,
    *,
    accuracy: float = 0.9,
    test_loss: float = 0.3,
    **settings: Any,
) -> Path:
    """A run of the app that has ended; each began a second after the one before."""
    config = nn.TrainingConfig(**{"dataset": "digits", "hidden": (4,), "epochs": 2} | settings)
    path = folder / name
    with runs.RunWriter(path, config.to_dict()) as writer:
        writer.write("started", epochs=2, num_parameters=3190)
        closing = {"test_accuracy": accuracy, "test_loss": test_loss, "seconds": 3.0}
        writer.write("finished", 46, 2.0, **closing, samples_per_second=1000.0)
    nn.save(
        nn.Network([nn.Linear(784, 4), nn.ReLU(), nn.Linear(4, 10)]), path / "model.safetensors"
    )
    if owner:
        run_files.write_token(path)
        owners.write_owner(path, owners.Owner((owner,)))
    time.sleep(0.002)  # they are ordered by their times
    return path


def open_list(*chosen: str, **parameters: str) -> AppTest:
    """The page, with these runs chosen in its table; by hand only a browser can."""
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page("pages/runs.py")
    for name, value in parameters.items():
        page.query_params[name] = value
    page.session_state[CHOSEN] = list(chosen)
    return look(page)


def column(page: AppTest, name: str) -> list[Any]:
    return list(page.dataframe[0].value[name])
