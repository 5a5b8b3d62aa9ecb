"""A network as a file for other programs: ONNX, PyTorch, Keras, NumPy, JSON.

Input scaling and temperature are inside; pixels go in as floats from 0 to 1, and probabilities come
out. docs/export.md says what each file holds.
"""

from typing import NamedTuple

from nn.averaging import Averaging
from nn.checks import one_of
from nn.export.formats import FORMATS as FORMATS
from nn.export.formats import Format as Format
from nn.export.plan import About as About
from nn.export.plan import plan_of
from nn.network import Network


class Export(NamedTuple):
    """A network, written.

    content: of the file.
    notes: what is said of the network there: name, data, accuracy, averages and version, as far as
        they are known, each in one line.
    """

    content: bytes
    notes: dict[str, str]


def export(
    network: Network,
    format: str,
    about: About | None = None,
    *,
    averaging: Averaging | None = None,
) -> Export:
    """The network as a file of that format, one of `FORMATS`.

    Args:
        network: any of ours; in the file its numbers are float32.
        format: the name.
        about: what is told of it there.
        averaging: over which copies of an image the file takes the mean, by default the network's
            own; `nn.ALONE` leaves them out, and the file says so. JSON tells which there are and
            leaves it to whoever reads it.

    Raises ValueError for another format, one whose package isn't installed, a layer that it has no
    word for, or a network whose values are beyond all sense.
    """
    chosen = FORMATS[one_of("format", format, FORMATS)]
    if not chosen.is_installed:
        raise ValueError(chosen.how_to_install)
    averaging = network.averaging if averaging is None else averaging
    plan = plan_of(network, about or About(), averaging, averages=chosen.averages)
    return Export(chosen.write(plan), plan.about)
