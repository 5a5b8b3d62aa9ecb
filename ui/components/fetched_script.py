"""A component's script that the browser fetches once.

Streamlit sends a component's script along with every change of its data: what is long, or changes
often, sends only what stands here, and the address of the rest.
"""

from pathlib import Path

from ui.shared.static_assets import script_folder_url, script_url

_STAND_IN = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def fetched_script(script: Path) -> str:
    """A short script that fetches `script`, a module made for a component, and acts as it."""
    return _STAND_IN.replace("ADDRESS", script_url(script))


def fetched_module(script: Path) -> str:
    """The same for a script that imports others of its folder."""
    return _STAND_IN.replace("ADDRESS", f"{script_folder_url(script.parent)}/{script.name}")
