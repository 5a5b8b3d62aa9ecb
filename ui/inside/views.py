"""The list of views, in the order of the page; their names stand in the address."""

from ui.inside.activations import ACTIVATIONS
from ui.inside.backwards import BACKWARDS
from ui.inside.view import View
from ui.inside.why import WHY

VIEWS: dict[str, View] = {
    "activations": ACTIVATIONS,
    "backwards": BACKWARDS,
    "why": WHY,
}
