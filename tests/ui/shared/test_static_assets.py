"""The scripts that the browser draws charts and widgets with."""

import re
from pathlib import Path
from types import SimpleNamespace

import plotly
import pytest
import streamlit

from ui.shared.static_assets import (
    WIDGETS,
    plotly_url,
    script_folder_url,
    script_url,
    script_urls,
    source_url,
    widget_scripts,
)

PROJECT = Path(__file__).resolve().parents[3]
INSTALLED = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@pytest.fixture(autouse=True)
def new_process():
    """Nothing published yet, as at the start of the server."""
    for cached in (plotly_url, script_url, widget_scripts):
        cached.cache_clear()
    yield
    for cached in (plotly_url, script_url, widget_scripts):
        cached.cache_clear()


def test_script_of_the_installed_plotly_is_published(tmp_path):
    url = plotly_url(tmp_path / "static")
    assert url == f"app/static/plotly.min.js?v={plotly.__version__}"
    assert (tmp_path / "static" / "plotly.min.js").read_bytes() == INSTALLED.read_bytes()


def test_only_the_script_is_left_in_the_folder(tmp_path):
    plotly_url(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["plotly.min.js"]


@pytest.mark.parametrize("content", ["", "another version", "x" * INSTALLED.stat().st_size])
def test_another_version_or_half_a_file_is_replaced(tmp_path, content):
    (tmp_path / "plotly.min.js").write_text(content, encoding="utf-8")
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
        Path(target).write_text("half", encoding="utf-8")
        raise OSError("No space left on device")

    monkeypatch.setattr("shutil.copyfile", full_disk)
    with pytest.raises(OSError, match="No space left"):
        plotly_url(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_widgets_scripts_are_those_the_first_page_lacks():
    scripts = widget_scripts()
    static = Path(streamlit.__file__).parent / "static"
    assert all((static / script).is_file() for script in scripts)
    assert all(any(f"/{widget}." in script for script in scripts) for widget in WIDGETS)
    entry = re.search(
        r"static/js/index\.[\w-]+\.js", (static / "index.html").read_text(encoding="utf-8")
    )
    assert entry is not None
    assert entry[0] not in scripts


@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"a": {"name": "Slider"}}'])
def test_another_streamlit_has_no_scripts_to_load_early(tmp_path, monkeypatch, manifest):
    (tmp_path / "static").mkdir()
    if manifest is not None:
        (tmp_path / "static" / "manifest.json").write_text(manifest, encoding="utf-8")
    package = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("ui.shared.static_assets.find_spec", lambda name: package)
    assert widget_scripts() == []


def test_another_script_has_another_address(tmp_path: Path) -> None:
    script, static = tmp_path / "part.js", tmp_path / "static"
    urls = []
    for text in ("export default 1;", "export default 2;"):
        script.write_text(text, encoding="utf-8")
        script_url.cache_clear()
        urls.append(script_url(script, static))
        assert (static / "part.js").read_text(encoding="utf-8") == text
    assert urls[0] != urls[1]
    assert all(url.startswith("app/static/part.js?v=") for url in urls)


def test_scripts_of_a_folder_are_all_in_the_folder_of_their_version(tmp_path):
    scripts = tmp_path / "parts"
    scripts.mkdir()
    for name in ("one.js", "other.js", "style.css"):
        (scripts / name).write_text(f"// {name}", encoding="utf-8")
    static = tmp_path / "static"
    folder = script_folder_url(scripts, static)
    assert script_urls(scripts, static) == [f"{folder}/one.js", f"{folder}/other.js"]


def test_a_borrowed_script_lies_beside_those_of_the_folder(tmp_path):
    scripts, other = tmp_path / "parts", tmp_path / "other"
    for folder, name in ((scripts, "one.js"), (other, "lent.js")):
        folder.mkdir()
        (folder / name).write_text(f"// {name}", encoding="utf-8")
    static = tmp_path / "static"
    address = script_folder_url(scripts, static, (other / "lent.js",))
    published = static / Path(address).name
    assert sorted(file.name for file in published.iterdir()) == ["lent.js", "one.js"]
    assert address != script_folder_url(scripts, static)


def test_files_of_one_name_stay_apart(tmp_path):
    files = [PROJECT / "nn" / "layers" / "__init__.py", PROJECT / "nn" / "losses" / "__init__.py"]
    for file in files:
        url = source_url(file, tmp_path)
        published = tmp_path / url.removeprefix("app/static/").partition("?v=")[0]
        assert published.read_bytes() == file.read_bytes()
