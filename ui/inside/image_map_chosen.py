"""What is chosen among the images of the map, as it stands in the address: the group that is shown
alone, and the images that are selected, wherever a layer puts them."""

import base64
from typing import Any, NamedTuple

import numpy as np

from ui.inside import parameters
from ui.inside.image_map_points import MapPoints
from ui.inside.sent_number import sent_number
from ui.inside.view import Scene
from ui.shared.url_text import quote

CHOSEN = ("map_alone", "map_selected")


class MapChosen(NamedTuple):
    """What is chosen.

    alone: the place of a group in the legend, None for all.
    selected: a bit for each image, 1 for those that are, as base64 for addresses (RFC 4648, "-" and
        "_", no padding); "" for none.
    """

    alone: int | None
    selected: str


def asked_chosen(scene: Scene, points: MapPoints, groups: int) -> MapChosen:
    """What the address says, of so many groups; with a notice where it can't be."""
    text = parameters.get("map_selected") or ""
    if not _is_selection(text, len(points.numbers)):
        scene.notices.warning(
            f"The link asks for map_selected {quote(text)}: it must say which of "
            f"{len(points.numbers):,} images are selected, a bit for each, in base64.",
            icon=":material/link_off:",
        )
        text = ""
    return MapChosen(parameters.whole("map_alone", groups, scene.notices), text)


def take_chosen(sent: Any, points: MapPoints, groups: int) -> None:
    """Take over what a browser has sent, which may be anything."""
    alone = sent_number(sent, "alone")
    text = sent.get("selected") if isinstance(sent, dict) else None
    is_group = alone is not None and alone < groups
    if isinstance(text, str) and _is_selection(text, len(points.numbers)):
        parameters.choose(map_alone=alone if is_group else None, map_selected=text or None)


def _is_selection(text: str, count: int) -> bool:
    if len(text) > count:  # six of them take a letter
        return False
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    bits = np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little")
    return not bits[count:].any()
