"""The list of views, in the order of the page; their names stand in the address."""

from ui.inside.activations import ACTIVATIONS
from ui.inside.backwards import BACKWARDS
from ui.inside.dream import DREAM
from ui.inside.image_map import IMAGE_MAP
from ui.inside.landscape import LANDSCAPE
from ui.inside.one_neuron import ONE_NEURON
from ui.inside.surgery import SURGERY
from ui.inside.through_time import THROUGH_TIME
from ui.inside.trick import TRICK
from ui.inside.view import View
from ui.inside.why import WHY

VIEWS: dict[str, View] = {
    "activations": ACTIVATIONS,
    "neuron": ONE_NEURON,
    "backwards": BACKWARDS,
    "why": WHY,
    "map": IMAGE_MAP,
    "landscape": LANDSCAPE,
    "trick": TRICK,
    "dream": DREAM,
    "surgery": SURGERY,
    "time": THROUGH_TIME,
}
