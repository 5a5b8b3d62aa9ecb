"""Files that the browser loads from the app's own server, under `app/static/`."""

import filecmp
import functools
import hashlib
import json
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]

STATIC_FOLDER = PROJECT / "static"
"""Streamlit serves this folder; it has to stand beside streamlit_app.py."""

WIDGETS = (
    "Button",
    "ButtonGroup",
    "Checkbox",
    "DownloadButton",
    "FileUploader",
    "Metric",
    "Multiselect",
    "NumberInput",
    "Selectbox",
    "Slider",
    "StreamlitSyntaxHighlighter",
    "TextArea",
    "TextInput",
)
"""As Streamlit's build calls them."""


@functools.cache
def plotly_url(folder: Path = STATIC_FOLDER) -> str:
    """Put Plotly's script into `folder` and say where the browser finds it.

    The script comes out of the installed plotly package, so it fits the figures that Python makes
    and needs no internet. An up-to-date copy is left alone; a missing, damaged or older one is
    replaced in one step, so that no visitor ever gets half a file.

    Returns:
        The address, relative to the root of the app.

    Raises:
        OSError: the folder cannot be written.
    """
    return f"{_address(_installed_script(), folder)}?v={version('plotly')}"


@functools.cache
def script_url(script: Path, folder: Path = STATIC_FOLDER) -> str:
    """The same for a script of this project, or a file that scripts fetch."""
    checksum = hashlib.sha256(script.read_bytes()).hexdigest()
    return f"{_address(script, folder)}?v={checksum[:12]}"


@functools.cache
def source_url(file: Path, folder: Path = STATIC_FOLDER) -> str:
    """The same for a file of this project that people read; the browser shows it as plain text."""
    place = Path("source", *file.relative_to(PROJECT).parts[:-1])
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    name = _address(file, folder / place).rpartition("/")[2]
    return f"app/static/{place.as_posix()}/{name}?v={checksum[:12]}"


@functools.cache
def script_folder_url(
    scripts: Path, folder: Path = STATIC_FOLDER, borrowed: tuple[Path, ...] = ()
) -> str:
    """The same for a folder of scripts that import each other, and scripts of other folders that
    they import as if they lay beside them.

    Which version they are stands in the name of the folder, so that the browser takes all of them
    from one.
    """
    files = sorted([*scripts.glob("*.js"), *borrowed])
    checksum = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    name = f"{scripts.name}-{checksum[:12]}"
    for file in files:
        _address(file, folder / name)
    return f"app/static/{name}"


def script_urls(scripts: Path, folder: Path = STATIC_FOLDER) -> list[str]:
    """The addresses of all scripts of such a folder."""
    address = script_folder_url(scripts, folder)
    return [f"{address}/{file.name}" for file in sorted(scripts.glob("*.js"))]


def _address(source: Path, folder: Path) -> str:
    """Where the browser finds the file, once it is in `folder`.

    Behind it belongs what keeps a browser from using the copy that it kept of an earlier one.
    """
    target = folder / source.name
    if not (target.is_file() and filecmp.cmp(source, target, shallow=False)):
        from nn.replacing import replacing  # brings all of nn, which the first page can do without

        folder.mkdir(parents=True, exist_ok=True)
        with replacing(target) as file:
            shutil.copyfile(source, file)
    return f"app/static/{source.name}"


@functools.cache
def widget_scripts() -> list[str]:
    """The scripts of Streamlit's widgets that the first page lacks and the others need.

    Streamlit's page loads a widget's script when it meets the widget, and what that imports after
    that: some 40 small files in a row when a visitor first comes to the Train page.

    Returns:
        Their addresses, relative to the root of the app; none where this Streamlit does not say.
    """
    package = find_spec("streamlit")
    if package is None or package.origin is None:
        return []
    try:
        manifest = Path(package.origin).parent / "static" / "manifest.json"
        chunks = json.loads(manifest.read_bytes())
        there = _with_imports(chunks, [key for key in chunks if chunks[key].get("isEntry")])
        wanted = [key for key in chunks if chunks[key].get("name") in WIDGETS]
        return sorted(chunks[key]["file"] for key in _with_imports(chunks, wanted) - there)
    except (OSError, ValueError, KeyError, AttributeError):
        return []


def _with_imports(chunks: dict[str, Any], keys: list[str]) -> set[str]:
    """These chunks of a build, and all that they import."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += chunks[key].get("imports", [])
    return found


def _installed_script() -> Path:
    """The script in the installed plotly package, found without importing it."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"
