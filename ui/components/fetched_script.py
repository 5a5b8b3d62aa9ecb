"""A component's script that the browser fetches once.

Streamlit sends a component's script along with every change of its data: what is long, or changes
often, sends only what stands here, and the address of the rest.
"""

import json
from pathlib import Path

from ui.shared.static_assets import script_folder_url, script_url, script_urls

_ALL_AT_ONCE = Path(__file__).with_name("all_at_once.js").read_text(encoding="utf-8")
_STAND_IN = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def fetched_script(script: Path) -> str:
    """A short script that fetches `script`, a module made for a component, and acts as it."""
    return _STAND_IN.replace("ADDRESS", script_url(script))


def fetched_module(script: Path, borrowed: tuple[Path, ...] = ()) -> str:
    """The same for a script that imports others of its folder, and `borrowed` ones as if they lay
    there too."""
    address = script_folder_url(script.parent, borrowed=borrowed)
    return _STAND_IN.replace("ADDRESS", f"{address}/{script.name}")


def fetched_at_once(script: Path) -> str:
    """The same, and the browser fetches the whole folder at once, and not each script when it is
    the turn of another one that imports it. All addresses are sent along with the component's data:
    for one that seldom changes."""
    addresses = json.dumps(script_urls(script.parent))
    return _ALL_AT_ONCE.replace("ADDRESSES", addresses) + fetched_module(script)
