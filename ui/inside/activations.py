"""View: what every neuron says of the image."""

from ui.inside.view import Scene, View


def _draw(scene: Scene) -> None:
    pass


ACTIVATIONS = View("Activations", "Each tile is a neuron.", _draw)
