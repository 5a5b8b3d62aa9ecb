"""Downloads for all visitors of a server: one at a time."""

import threading
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import data
from ui.train.downloads import Downloads, downloads


class Network:
    """Stands in for the internet: a download ends when it is told to."""

    def __init__(self) -> None:
        self.begun = {name: threading.Event() for name in data.DATASETS}
        self.go_on = {name: threading.Event() for name in data.DATASETS}
        self.now: list[str] = []
        self.most_at_once = 0

    def download(self, name: str, on_progress: Callable[[dict], None]) -> None:
        self.now.append(name)
        self.most_at_once = max(self.most_at_once, len(self.now))
        self.begun[name].set()
        assert self.go_on[name].wait(60)
        self.now.remove(name)
        if name == "usps":
            raise data.DownloadError("no internet")


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    network = Network()
    monkeypatch.setattr(data, "download", network.download)
    monkeypatch.setattr(data, "is_available", lambda name: False)
    st.cache_resource.clear()
    yield network
    for event in network.go_on.values():
        event.set()
    for thread in threads():
        thread.join(60)
    st.cache_resource.clear()


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("download ")]


def text(all_downloads: Downloads, name: str) -> str:
    state = all_downloads.state(name)
    assert state is not None
    return state.text


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(3000):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not happen in time")


def test_one_download_at_a_time_even_after_a_failed_one(network: Network) -> None:
    everything = downloads()
    everything.start("usps")
    assert network.begun["usps"].wait(60)
    for name in ("kmnist", "mnist", "kmnist"):
        everything.start(name)
    for name in ("kmnist", "mnist"):
        wait_for(lambda name=name: text(everything, name) == "waiting for another download")
        assert everything.is_active(name)
    assert not network.begun["kmnist"].is_set()
    for event in network.go_on.values():
        event.set()
    for thread in threads():
        thread.join(60)
    assert network.most_at_once == 1
    states = {name: everything.state(name) for name in ("usps", "kmnist", "mnist")}
    assert [bool(state and state.done) for state in states.values()] == [False, True, True]
    assert states["usps"] is not None
    assert states["usps"].error == "no internet"


def test_the_page_tells_who_waits(network: Network) -> None:
    downloads().start("usps")
    assert network.begun["usps"].wait(60)
    downloads().start("kmnist")
    wait_for(lambda: text(downloads(), "kmnist") == "waiting for another download")

    def page() -> None:
        from ui.train.dataset_view import dataset_note

        dataset_note("kmnist")

    shown = AppTest.from_function(page).run()
    assert not shown.exception
    (progress,) = shown.get("progress")
    assert progress.proto.text == "Downloading Kuzushiji-MNIST: waiting for another download"
