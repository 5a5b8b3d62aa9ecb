"""What the tests of the app share."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas  # noqa: F401 (Plotly fails while the app imports it in the background)
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest, app_test

import data
import nn
import ui.components.live_chart
from tests.ui.evaluate.evaluate_page import Chart
from tests.ui.runs.trainings import end_all, fake_command
from ui.models import list as model_list
from ui.runs import jobs as jobs_module
from ui.runs import visitor
from ui.runs.jobs import Jobs
from ui.shared import address, idle


@pytest.fixture(autouse=True, scope="session")
def _components_of_packages() -> Iterator[None]:
    """AppTest looks for components in all packages that are installed, for each page it opens:
    here it does so once."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True, scope="session")
def _patience() -> Iterator[None]:
    """AppTest gives a page three seconds, too few on a busy computer: here it gives it a minute."""
    with pytest.MonkeyPatch.context() as patch:
        for way in (AppTest.from_file, AppTest.from_function, AppTest.from_string):
            patch.setitem(way.__func__.__kwdefaults__, "default_timeout", 60)
        yield


@pytest.fixture(autouse=True, scope="session")
def _looked_up_state() -> Iterator[None]:
    """Each widget asks for its own value in a copy of all session state, an eighth of a run's time:
    here it looks its value up."""
    copied = SafeSessionState.filtered_state

    class LookedUp(Mapping[str, Any]):
        def __init__(self, state: SafeSessionState) -> None:
            self.state = state

        def __getitem__(self, key: str) -> Any:
            return self.state[key]

        def __iter__(self) -> Iterator[str]:
            return iter(copied.__get__(self.state))

        def __len__(self) -> int:
            return len(copied.__get__(self.state))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SafeSessionState, "filtered_state", property(LookedUp))
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_trainings_by_themselves() -> Iterator[None]:
    """No page begins with what is in line in whatever folder a test has just then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(idle, "go_on_with_trainings", lambda: None)
        yield


@pytest.fixture(autouse=True)
def _used_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has shown a page before.

    AppTest takes each run for the first one of a new server, in Streamlit's old multipage mode
    (see `ui.shared.pages.through_app`), which would lose every click.
    """

    class Used(PagesManager):
        """AppTest resets the mode here instead."""

    monkeypatch.setattr(app_test, "PagesManager", Used)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)


@pytest.fixture(autouse=True)
def _watched_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that watches over its history from the start; AppTest has none to say so."""
    monkeypatch.setattr(address, "is_watched", lambda: True)


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The browser of all visitors, for AppTest has none: at first it has no cookie. Set "cookie"
    and it comes back with it."""
    sent: dict[str, str] = {}
    monkeypatch.setattr(visitor, "cookie", lambda: sent.get("cookie", ""))
    return sent


@pytest.fixture
def start_jobs(tmp_path: Path) -> Iterator[Callable[..., Jobs]]:
    made: list[Jobs] = []

    def start(limit: int = 1, command: Callable[..., list[str]] = fake_command) -> Jobs:
        made.append(Jobs(tmp_path, limit, command))
        return made[-1]

    yield start
    for jobs in made:
        end_all(jobs)


@pytest.fixture
def datasets(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the datasets that are on this computer."""
    here = {"digits", "mnist"}
    monkeypatch.setattr(data, "is_available", lambda name: name in here)
    return here


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """The server's jobs, one at a time, with a stand-in for the training process."""
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))
    monkeypatch.setattr(jobs_module.joblib, "cpu_count", lambda: 2)
    monkeypatch.setattr(jobs_module, "command_line", fake_command)
    st.cache_resource.clear()
    jobs = jobs_module.jobs()
    yield jobs
    end_all(jobs)
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for datasets."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def shipped(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for shipped models, no runs, no data but the built-in digits."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(model_list, "SHIPPED_FOLDER", folder)
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(cache))
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)
    st.cache_resource.clear()
    return folder


@pytest.fixture
def chart(monkeypatch: pytest.MonkeyPatch) -> Chart:
    """What the page's chart was given last."""
    chart = Chart()
    monkeypatch.setattr(ui.components.live_chart, "live_chart", chart)
    return chart


@pytest.fixture
def ship(shipped: Path) -> Callable[..., None]:
    def save(
        name: str = "default",
        labels: str | list[str] = "0123456789",
        always: str | None = None,
        inputs: int = 784,
        logit: float = 5,
        **options: float,
    ) -> None:
        """Save a model; with `always` it gives this label whatever it is shown."""
        metadata = {"dataset": "mnist", "labels": json.dumps(list(labels))}
        network = nn.Network.mlp([inputs, len(labels)], metadata=metadata, **options)
        if always is not None:
            network.parameters[:] = 0
            network.named_parameters()["0.bias"][list(labels).index(always)] = logit
        nn.save(network, shipped / f"{name}.safetensors")

    return save
