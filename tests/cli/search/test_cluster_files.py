"""What is new in a run's folder arrives in another one, whatever gets lost on the way."""

from pathlib import Path

import pytest

from nn.cli.search import cluster_files
from nn.cli.search.cluster_files import FolderNews, Piece, apply


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A folder in which a training writes."""
    (tmp_path / "there" / "history" / "0").mkdir(parents=True)
    return tmp_path / "there"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "here"


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_files_that_grow_are_replaced_or_removed_arrive(there: Path, here: Path) -> None:
    news = FolderNews(there)
    grown, model = there / "history" / "0" / "weights.bin", there / "model.safetensors"
    checkpoint = there / "checkpoint.safetensors"
    grown.write_bytes(b"a" * 1000)
    model.write_bytes(b"first")
    checkpoint.write_bytes(b"state")
    apply(news.take(), here)
    news.confirm()
    assert contents(here) == contents(there)
    assert news.take() == []

    grown.write_bytes(b"a" * 1000 + b"b" * 10)
    assert news.take() == [Piece("history/0/weights.bin", 1000, b"b" * 10)]
    model.write_bytes(b"second")
    checkpoint.unlink()
    apply(news.take(), here)
    news.confirm()
    assert contents(here) == contents(there)

    grown.write_bytes(b"c" * 2000)  # thinned out, and grown again
    apply(news.take(), here)
    assert contents(here) == contents(there)


def test_what_was_lost_on_the_way_is_told_again(there: Path, here: Path) -> None:
    news = FolderNews(there)
    grown = there / "history" / "0" / "weights.bin"
    grown.write_bytes(b"a" * 10)
    news.take()  # and is lost
    apply(news.take(), here)
    assert contents(here) == contents(there)
    news.confirm()
    grown.write_bytes(b"a" * 10 + b"b" * 10)
    apply(news.take(), here)  # comes, but not the word that it has
    grown.write_bytes(b"a" * 10 + b"b" * 10 + b"c" * 10)
    apply(news.take(), here)
    assert contents(here) == contents(there)


def test_the_checkpoint_comes_last_and_nothing_else_than_a_run_holds(there: Path) -> None:
    for name in ("checkpoint.safetensors", "model.safetensors", "events.jsonl", "lock", ".new"):
        (there / name).write_bytes(b"x")
    (there / "history" / "0" / ".health.bin.ab").write_bytes(b"unfinished")
    (there / "history" / "0" / "health.bin").write_bytes(b"x")
    names = [piece.name for piece in FolderNews(there).take()]
    assert names == ["history/0/health.bin", "model.safetensors", "checkpoint.safetensors"]


def test_what_came_without_a_word_that_it_has_and_was_then_dropped_is_dropped_here(
    there: Path, here: Path
) -> None:
    news = FolderNews(there)
    checkpoint = there / "checkpoint.safetensors"
    checkpoint.write_bytes(b"state")
    apply(news.take(), here)  # comes, but not the word that it has
    checkpoint.unlink()
    apply(news.take(), here)
    assert contents(here) == {}


def test_what_was_dropped_and_comes_back_arrives_whole(there: Path, here: Path) -> None:
    news = FolderNews(there)
    grown = there / "history" / "0" / "weights.bin"
    grown.write_bytes(b"a" * 10)
    apply(news.take(), here)
    news.confirm()
    grown.unlink()
    apply(news.take(), here)  # comes, but not the word that it has
    grown.write_bytes(b"a" * 10 + b"b" * 10)
    apply(news.take(), here)
    assert contents(here) == contents(there)


def test_what_the_list_of_a_folder_lacks_for_a_moment_is_not_dropped(
    there: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = FolderNews(there)
    (there / "history" / "0" / "weights.bin").write_bytes(b"a" * 10)
    apply(news.take(), here)
    monkeypatch.setattr(cluster_files, "_names", lambda folder: [])
    apply(news.take(), here)
    assert contents(here) == contents(there)
