"""From where a surface is looked at, as it stands in the address: "45,35,2.4"."""

import math
from typing import Any, NamedTuple

import streamlit as st

from ui.inside import parameters
from ui.inside.view import Scene
from ui.shared.url_text import quote

_TILT, _NEAREST, _FARTHEST = 85, 0.3, 10.0


class Camera(NamedTuple):
    """A place on a sphere around the surface.

    turn: degrees from the first axis on, from 0 to 359.
    tilt: degrees above the surface's middle.
    distance: in sizes of the surface, about.
    """

    turn: int = 45
    tilt: int = 35
    distance: float = 2.4

    @property
    def eye(self) -> dict[str, float]:
        """As Plotly takes it."""
        turn, tilt = math.radians(self.turn), math.radians(self.tilt)
        across = self.distance * math.cos(tilt)
        return {
            "x": across * math.cos(turn),
            "y": across * math.sin(turn),
            "z": self.distance * math.sin(tilt),
        }


def asked_camera(scene: Scene) -> Camera:
    """What the address asks for, the usual one where it asks for none or what can't be."""
    text = parameters.get("land_camera")
    if text is None:
        return Camera()
    try:
        turn, tilt, distance = text[:30].split(",")
        camera = Camera(int(turn), int(tilt), float(distance))
    except ValueError:
        camera = None
    if camera is None or not _is_possible(camera):
        scene.notices.warning(
            f"The link asks for land_camera {quote(text)}: it must be three numbers, as 45,35,2.4: "
            f"degrees around from 0 to 359, up from -{_TILT} to {_TILT}, and a distance from "
            f"{_NEAREST:g} to {_FARTHEST:g}.",
            icon=":material/link_off:",
        )
        return Camera()
    return camera


def choose_camera(camera: Camera) -> None:
    """Draw what turns it: a finger scrolls the page, and keys have no mouse."""
    keys = "landscape_turn", "landscape_tilt"
    st.session_state[keys[0]], st.session_state[keys[1]] = camera.turn, camera.tilt

    def choose() -> None:
        turn, tilt = (st.session_state[key] for key in keys)
        _choose(camera._replace(turn=turn, tilt=tilt))

    for key, label, lowest, highest, what in (
        (keys[0], "Turn", 0, 359, "Go around the surface. The mouse turns it too."),
        (keys[1], "Tilt", -_TILT, _TILT, "Look at it from above or from the side."),
    ):
        st.slider(
            label,
            lowest,
            highest,
            step=5,
            format="%d°",
            key=key,
            width=160,
            help=what,
            on_change=choose,
        )


def take_eye(sent: Any) -> None:
    """Take over where a browser says that the eye is, which may send anything."""
    places = [sent.get(axis) for axis in "xyz"] if isinstance(sent, dict) else []
    numbers = [
        max(-1e3, min(1e3, place))
        for place in places
        if isinstance(place, int | float) and not isinstance(place, bool)
    ]
    if len(numbers) < 3:
        return
    x, y, z = numbers
    distance = math.hypot(x, y, z)
    if not distance > 0:  # nor NaN
        return
    turn, tilt = math.degrees(math.atan2(y, x)), math.degrees(math.asin(z / distance))
    camera = Camera(
        round(turn) % 360,
        max(-_TILT, min(_TILT, round(tilt))),
        max(_NEAREST, min(_FARTHEST, distance)),
    )
    _choose(camera)


def _choose(camera: Camera) -> None:
    parameters.choose(land_camera=f"{camera.turn},{camera.tilt},{camera.distance:.3g}")


def _is_possible(camera: Camera) -> bool:
    return (
        0 <= camera.turn <= 359
        and -_TILT <= camera.tilt <= _TILT
        and _NEAREST <= camera.distance <= _FARTHEST  # not NaN
    )
