"""The script that the browser draws charts with."""

from pathlib import Path

import plotly
import pytest

from ui.static_assets import plotly_url

INSTALLED = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@pytest.fixture(autouse=True)
def new_process():
    """Nothing published yet, as at the start of the server."""
    plotly_url.cache_clear()
    yield
    plotly_url.cache_clear()


def test_script_of_the_installed_plotly_is_published(tmp_path):
    url = plotly_url(tmp_path / "static")
    assert url == f"app/static/plotly.min.js?v={plotly.__version__}"
    assert (tmp_path / "static" / "plotly.min.js").read_bytes() == INSTALLED.read_bytes()


def test_only_the_script_is_left_in_the_folder(tmp_path):
    plotly_url(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["plotly.min.js"]


@pytest.mark.parametrize("content", ["", "another version", "x" * INSTALLED.stat().st_size])
def test_another_version_or_half_a_file_is_replaced(tmp_path, content):
    (tmp_path / "plotly.min.js").write_text(content)
    plotly_url(tmp_path)
    assert (tmp_path / "plotly.min.js").read_bytes() == INSTALLED.read_bytes()


def test_good_copy_is_left_alone(tmp_path):
    plotly_url(tmp_path)
    before = (tmp_path / "plotly.min.js").stat()
    plotly_url.cache_clear()
    plotly_url(tmp_path)
    after = (tmp_path / "plotly.min.js").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_failed_copy_leaves_nothing_behind(tmp_path, monkeypatch):
    def full_disk(source, target):
        Path(target).write_text("half")
        raise OSError("No space left on device")

    monkeypatch.setattr("shutil.copyfile", full_disk)
    with pytest.raises(OSError, match="No space left"):
        plotly_url(tmp_path)
    assert list(tmp_path.iterdir()) == []
