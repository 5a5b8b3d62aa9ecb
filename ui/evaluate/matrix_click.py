"""What a click on the confusion matrix does."""

from collections.abc import Callable, Sequence
from typing import Any

from ui.evaluate.chosen_cell import choose_cell


def choose_clicked_cell(labels: Sequence[str]) -> Callable[[dict[str, Any]], None]:
    """For `live_chart` with the matrix of these classes: the clicked cell is the chosen one from
    then on."""

    def clicked(click: dict[str, Any]) -> None:
        true, predicted = round(click["y"]), round(click["x"])
        if 0 <= true < len(labels) and 0 <= predicted < len(labels):
            choose_cell(labels[true], labels[predicted])

    return clicked
