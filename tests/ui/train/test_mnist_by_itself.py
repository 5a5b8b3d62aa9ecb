"""Where MNIST is missing, the first visit to Train begins its download; from a server in here."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import data
from nn import runs
from tests.data.datasets.mirror import Mirror, arrays, idx_archives, write_torchvision
from tests.ui.runs.trainings import until
from tests.ui.train.train_page import button, labels, look, open_page, progress_text, texts
from ui.train import downloads as downloads_module
from ui.train.downloads import downloads

pytestmark = pytest.mark.usefixtures("jobs")
DOWNLOAD = "Download MNIST (11.6 MB)"


@pytest.fixture(scope="module")
def archives() -> dict[str, bytes]:
    return idx_archives(arrays("mnist"))


@pytest.fixture(autouse=True)
def internet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archives: dict[str, bytes]
) -> Iterator[Mirror]:
    """Where MNIST is published; it holds back the last file until it is told to go on."""
    monkeypatch.delenv("SCRATCH_NN_DOWNLOAD")
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    st.cache_resource.clear()
    mirror = Mirror()
    mirror.files = archives
    mirror.hold = "t10k-labels-idx1-ubyte.gz"
    write_torchvision(tmp_path / "site", [mirror.url], archives)
    yield mirror
    downloads().cancel("mnist")
    mirror.close()
    until(lambda: not (tmp_path / "cache" / ".mnist.partial").exists())


def until_ended() -> None:
    until(lambda: not downloads().is_active("mnist"))


def test_it_begins_at_the_first_visit_and_once_for_all(internet: Mirror) -> None:
    page = open_page()
    assert "**MNIST** is on its way. Meanwhile, train on these small digits." in texts(page)
    assert "Downloading MNIST" in progress_text(page)
    assert "Cancel" in labels(page)
    assert DOWNLOAD not in labels(page)
    assert page.selectbox("dataset").value == "digits"
    assert not button(page, "Start training").disabled
    assert internet.holding.wait(60)
    other = open_page()
    assert "Downloading MNIST" in progress_text(other)
    internet.go_on.set()
    until_ended()
    assert set(internet.asked.values()) == {1}
    assert data.is_available("mnist")


def test_when_it_is_here_it_is_chosen_and_nothing_else_changes(internet: Mirror) -> None:
    page = open_page(epochs="3")
    page.text_input("hidden").set_value("32, 16")
    look(page)
    internet.go_on.set()
    until_ended()
    look(page)
    assert page.selectbox("dataset").value == "mnist"
    assert "**MNIST** is here now and chosen for the next training" in page.toast[0].value
    assert page.text_input("hidden").value == "32, 16"
    assert page.slider("epochs").value == 3
    assert not button(page, "Start training").disabled
    assert "Cancel" not in labels(page)
    look(page)
    assert not page.toast  # said once


def test_whoever_chose_another_dataset_keeps_it_and_is_offered_mnist(internet: Mirror) -> None:
    page = open_page(dataset="Small digits (built in)", epochs="3")
    internet.go_on.set()
    until_ended()
    look(page)
    assert page.selectbox("dataset").value == "digits"
    assert page.success[0].value == "**MNIST** is here now."
    assert "Small digits (built in)" in page.query_params["dataset"]  # no longer the default
    button(page, "Use MNIST").click()
    look(page)
    assert page.selectbox("dataset").value == "mnist"
    assert page.slider("epochs").value == 3
    assert "Use MNIST" not in labels(page)


def test_a_link_that_asks_for_mnist_gets_it(internet: Mirror) -> None:
    page = open_page(dataset="MNIST")
    assert button(page, "Start training").disabled
    internet.go_on.set()
    until_ended()
    look(page)
    assert page.selectbox("dataset").value == "mnist"
    assert not button(page, "Start training").disabled


def test_a_link_to_a_run_does_not_begin_it(tmp_path: Path, internet: Mirror) -> None:
    with runs.RunWriter(tmp_path / "early", {"dataset": "digits"}) as writer:
        writer.write("started", epochs=50, train_samples=1000)
        writer.write("stopped", 0, 0.0)
    page = open_page(run="early")
    assert downloads().state("mnist") is None
    assert DOWNLOAD in labels(page)
    assert not internet.asked


def test_it_can_be_forbidden(internet: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_DOWNLOAD", "never")
    page = open_page()
    assert downloads().state("mnist") is None
    assert "**MNIST** is not on this computer yet" in texts(page)
    internet.go_on.set()
    button(page, DOWNLOAD).click()
    look(page)
    until_ended()
    assert data.is_available("mnist")


def test_a_cancel_counts_for_all_until_somebody_asks(internet: Mirror, tmp_path: Path) -> None:
    page = open_page()
    assert internet.holding.wait(60)
    button(page, "Cancel").click()
    look(page)
    assert "**MNIST** is not on this computer yet" in texts(page)
    assert not page.error
    other = open_page()
    assert not downloads().is_active("mnist")
    until(lambda: not (tmp_path / "cache" / ".mnist.partial").exists())
    assert not data.is_available("mnist")
    internet.go_on.set()
    button(other, DOWNLOAD).click()
    look(other)
    until_ended()
    assert data.is_available("mnist")


@pytest.fixture
def no_internet(tmp_path: Path) -> Iterator[None]:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}/"
        write_torchvision(tmp_path / "site", [url], {})
        yield


def failed_page() -> AppTest:
    page = open_page()
    until_ended()
    return look(page)


@pytest.mark.usefixtures("no_internet")
def test_without_internet_it_is_a_small_note_and_not_tried_for_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = failed_page()
    assert not page.error
    assert "MNIST could not be downloaded" in "".join(text.value for text in page.caption)
    assert "**MNIST** is not on this computer yet" in texts(page)
    assert not button(page, "Start training").disabled
    first = downloads().state("mnist")
    open_page()
    assert downloads().state("mnist") is first  # no further try
    monkeypatch.setattr(downloads_module, "RETRY_SECONDS", 0.0)
    open_page()
    assert downloads().state("mnist") is not first
    until_ended()


@pytest.mark.usefixtures("no_internet")
def test_without_internet_whoever_asked_is_told(internet: Mirror) -> None:
    page = failed_page()
    button(page, DOWNLOAD).click()
    look(page)
    until_ended()
    look(page)
    # A sentence; what the system said is folded away.
    told = page.error[0].value
    assert told.startswith("MNIST could not be downloaded. Check the internet connection")
    (cause,) = [box for box in page.expander if box.label == "What exactly went wrong"]
    assert not cause.proto.expanded
    assert "127.0.0.1" in cause.code[0].value
