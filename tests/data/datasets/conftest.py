"""The internet of these tests: a server in this process, and a torchvision that names it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import data
from tests.data.datasets.mirror import Mirror, arrays, idx_archives, write_torchvision


@pytest.fixture(scope="session")
def published() -> Callable[[str], dict[str, bytes]]:
    """The four archives of a dataset like MNIST, of random images."""
    return cache(lambda name: idx_archives(arrays(name)))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which child processes find modules first; no proxy."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """A running server."""
    server = Mirror()
    yield server
    server.close()


@pytest.fixture
def serve(mirror: Mirror, site: Path) -> Callable[..., None]:
    """Makes the server have these files, and torchvision list them (with `md5`, wrongly)."""

    def serve(files: dict[str, bytes], md5: str | None = None) -> None:
        mirror.files = dict(files)
        write_torchvision(site, [mirror.url], files, md5)

    return serve


@pytest.fixture
def sabotage(site: Path) -> Callable[[str], None]:
    """Makes the child process of a download run some code as it starts."""

    def write(code: str) -> None:
        condition = "import sys\nif 'data.datasets.download_process' in sys.orig_argv:\n"
        body = "".join(f"    {line}\n" for line in ["pass", *code.splitlines()])
        (site / "sitecustomize.py").write_text(condition + body, encoding="utf-8")

    return write


@pytest.fixture
def small(
    sabotage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Makes the catalogue say that a dataset has 20 + 10 images, in the child process too."""

    def shrink(name: str) -> None:
        info = replace(data.DATASETS[name], train_size=20, test_size=10)
        monkeypatch.setitem(data.DATASETS, name, info)
        sabotage(f"""
sys.path.insert(0, {str(Path(__file__).parents[3])!r})
from dataclasses import replace
from data import DATASETS
DATASETS[{name!r}] = replace(DATASETS[{name!r}], train_size=20, test_size=10)
""")

    return shrink


@pytest.fixture
def good(
    serve: Callable[..., None], published: Callable[[str], dict[str, bytes]]
) -> Callable[[], None]:
    """The server has a sound MNIST."""

    def set_up() -> None:
        serve(published("mnist"))

    set_up()
    return set_up
