"""The list of ways to watch beside the curves, in the order of the page; their names stand in the
address."""

from ui.train.watching.digits import DIGITS
from ui.train.watching.health import HEALTH
from ui.train.watching.way import Way
from ui.train.watching.weights import WEIGHTS

WAYS: dict[str, Way] = {"digits": DIGITS, "weights": WEIGHTS, "health": HEALTH}
