"""Files that the browser loads from the app's own server, under `app/static/`."""

import filecmp
import functools
import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

#: Streamlit serves this folder; it has to stand beside streamlit_app.py.
STATIC_FOLDER = Path(__file__).resolve().parent.parent / "static"


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
    target = folder / "plotly.min.js"
    source = _installed_script()
    if not (target.is_file() and filecmp.cmp(source, target, shallow=False)):
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        try:
            shutil.copyfile(source, temporary)
            os.chmod(temporary, 0o644)
            os.replace(temporary, target)
        except OSError:
            os.unlink(temporary)
            raise
    # The version keeps a browser from using the copy it cached before an upgrade.
    return f"app/static/plotly.min.js?v={version('plotly')}"


def _installed_script() -> Path:
    """The script in the installed plotly package, found without importing it."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise FileNotFoundError("the package plotly is not installed")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"
