"""Contenders in processes of their own, on synthetic images."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from benchmarks import child, images
from benchmarks.cases import Case
from benchmarks.child import Child, Entrant, LeftOut, child_environment
from benchmarks.competition import Settings, compete, epoch_seconds, peak_memory
from benchmarks.contenders import EAGER, ENGINE, PEAK
from benchmarks.memory import memory_of
from benchmarks.sections.training import Result, table_rows

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what is looked at here")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("images")
    images.write_synthetic(folder, 300, 50)
    return folder


@pytest.fixture
def settings(folder: Path) -> Settings:
    return Settings(rounds=2, cores=1, folder=folder, quick=True)


def test_synthetic_images(folder):
    made = images.load(folder)
    assert made.train_images.shape == (300, 28, 28)
    assert made.test_images.shape == (50, 28, 28)
    assert made.train_images.dtype == made.train_labels.dtype == "uint8"
    assert set(made.train_labels) == set(range(10))
    assert made.mean == pytest.approx(made.train_images.mean() / 255)
    assert made.std == pytest.approx(made.train_images.std() / 255)


def test_environment_of_a_child():
    tuned = {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_L2_SIZE": "1", "OMP_NUM_THREADS": "1"}
    assert child_environment({"PATH": "/bin", **tuned}) == {"PATH": "/bin"}


@linux
def test_child_starts_without_tuning(folder, monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    engine = Child(Entrant(ENGINE, 1, Case()), folder)
    try:
        engine.wait_until_ready()
        environment = Path(f"/proc/{engine.pid}/environ").read_text(encoding="utf-8")
    finally:
        engine.close()
    names = {line.partition("=")[0] for line in environment.split("\0")}
    assert "PATH" in names
    assert "OPENBLAS_CORETYPE" not in names


def test_missing_peer_is_left_out_by_name(settings, tmp_path, monkeypatch):
    (tmp_path / "torch.py").write_text(
        "raise ModuleNotFoundError('no torch', name='torch')", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    case = Case((16,), 32)
    outcome = compete(
        settings.entrants((ENGINE, EAGER, PEAK), case), settings, epoch_seconds(0.001)
    )
    assert outcome.left_out == {"PyTorch": "not installed"}
    assert {entrant.contender: len(v) for entrant, v in outcome.values.items()} == {
        ENGINE: 2,
        PEAK: 2,
    }
    rows = table_rows([Result(case, 300, outcome, {}, {})])
    assert [row[0] for row in rows] == [
        "scratch-nn",
        "GFLOP/s",
        "matrix peak (GFLOP/s)",
        "share of the matrix peak",
    ]


def test_engine_learns_in_its_process(folder):
    engine = Child(Entrant(ENGINE, 1, Case((32,), 16)), folder)
    try:
        assert engine.ask("train", epochs=5)["seconds"] > 0
        assert engine.ask("test")["accuracy"] > 0.8
        assert engine.ask("predict one", seconds=0)["seconds"] >= 0
        assert engine.ask("predict all", seconds=0.001)["seconds"] > 0
    finally:
        engine.close()


def test_failing_contender_says_why_in_one_line(folder):
    engine = Child(Entrant(ENGINE, 0, Case()), folder)
    try:
        with pytest.raises(LeftOut, match=r"^ValueError: threads must be .*, got 0$"):
            engine.wait_until_ready()
    finally:
        engine.close()


def test_failure_of_our_own_engine_is_fatal(settings):
    broken = Entrant(ENGINE, 0, Case())
    with pytest.raises(click.ClickException, match="scratch-nn, 0 threads: ValueError: threads"):
        compete([broken], settings, epoch_seconds())


def test_contender_that_dies_says_its_last_words(tmp_path, folder, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('out of order')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    engine = Child(Entrant(ENGINE, 1, Case()), folder)
    try:
        with pytest.raises(LeftOut, match="its process ended: SystemExit: out of order"):
            engine.ask("train", epochs=1)
    finally:
        engine.close()


def test_slow_contender_is_given_up(folder, monkeypatch):
    monkeypatch.setattr(child, "TIMEOUT", 0.01)
    engine = Child(Entrant(ENGINE, 1, Case()), folder)
    try:
        with pytest.raises(LeftOut, match=r"took longer than 0\.01 s"):
            engine.wait_until_ready()
    finally:
        engine.close()


@linux
def test_peak_memory_of_the_engine(settings):
    memory = peak_memory(Entrant(ENGINE, 1, Case()), settings, whole_life=True)
    assert memory is not None
    assert 1 < memory.private < memory.total < 1000


@linux
def test_memory_counts_descendants_but_no_mapped_files(tmp_path):
    (tmp_path / "file").write_bytes(bytes(40_000_000))
    code = (
        "import mmap, subprocess, sys\n"
        "file = open(sys.argv[1])\n"
        "mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)\n"
        "mapped.find(b'x')\n"
        "inner = 'memory = b\"x\" * 80_000_000; print(flush=True); input()'\n"
        "subprocess.run([sys.executable, '-c', inner])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "file")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        memory = memory_of(process.pid)
        process.communicate(b"\n")
    assert memory is not None
    assert 80 < memory.private < 115
    assert memory.total > 120
