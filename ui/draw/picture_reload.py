"""An uploaded picture outlives a reload: the tab of the browser keeps the small copy."""

import base64
from typing import Any

from ui.draw.kept_in_tab import keep_in_tab
from ui.draw.picture import part_from_browser, refuse, session_picture, take_back
from ui.draw.source import PICTURE, choose_picture

_KEY = "kept_picture"


def keep_picture_for_reload(source: str) -> None:
    """Let the tab keep the picture, or that a file was refused, and whether it is what is read now;
    at the beginning of a session ask it for what it kept.

    Call it before the picture is read, which takes a while in which one may reload, too.
    """
    picture, is_source = session_picture(), source == PICTURE
    content = {
        "file": base64.b64encode(picture.file).decode() if picture else "",
        "part": picture and picture.part,
        "is_looked_at": bool(picture and picture.is_looked_at),
        "is_set_upright": bool(picture and picture.is_set_upright),
        "refused": picture and picture.refused,
        "is_source": is_source,
    }
    begun = is_source or picture is not None
    keep_in_tab(_KEY, content, begun=begun, on_recall=_take_over)


def _take_over(kept: Any) -> None:
    file = base64.b64decode(kept["file"])
    part = part_from_browser(kept["part"])
    is_looked_at, is_set_upright, is_source = (
        kept[name] is True for name in ("is_looked_at", "is_set_upright", "is_source")
    )
    refused = kept["refused"]
    if is_source:
        choose_picture()
    if file:
        take_back(file, part, is_looked_at=is_looked_at, is_set_upright=is_set_upright)
    elif refused is not None:
        name, reason = refused
        refuse(str(name), str(reason))
