"""For each set of points a set-up that learns it, within some hundred epochs."""

from nn.plane.config import PlaneConfig


def _with(*hidden: int, **fields: object) -> PlaneConfig:
    """Layers of tanh neurons, trained by Adam."""
    fields = {"optimizer": "adam", "learning_rate": 0.01} | fields
    return PlaneConfig(hidden=hidden, activations=("tanh",) * len(hidden), **fields)  # type: ignore[arg-type]


_SINES = ("x1", "x2", "sin_x1", "sin_x2")
_WAVES = (*_SINES, "cos_x1", "cos_x2")

GOOD_SETUPS = {
    "circle": PlaneConfig(),
    "xor": PlaneConfig(),
    "gauss": PlaneConfig(hidden=(), activations=()),
    "spiral": _with(8, 8, inputs=_SINES),
    "moons": _with(8),
    "rings": _with(4, 2),
    "checkerboard": _with(8, 8, inputs=_SINES),
    "above_sine": _with(inputs=("x1", "x2", "sin_x1")),
    "cubic": _with(6),
    "absolute": _with(4, 2),
    "side": _with(8),
    "three_blobs": _with(4, classes=3, loss="cross_entropy"),
    "three_arms": _with(16, 16, inputs=_SINES, classes=3, loss="cross_entropy"),
    "plane": PlaneConfig(hidden=(), activations=(), classes=0),
    "multi_gauss": _with(8, inputs=_WAVES, classes=0),
    "heights": _with(12, 8, inputs=_WAVES, classes=0),
}
"""By the name of the set in `data.plane.SETS`."""
