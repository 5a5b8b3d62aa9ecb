"""What a click on the confusion matrix does."""

from collections.abc import Callable, Sequence
from typing import Any

from ui.evaluate.chosen_cell import choose_cell


def choose_clicked_cell(labels: Sequence[str]) -> Callable[[dict[str, Any]], None]:
    """For `live_chart` with the matrix of these classes: the clicked cell is the chosen one from
    then on."""

    def clicked(click: dict[str, Any]) -> None:
        choose_cell(labels[round(click["y"])], labels[round(click["x"])])

    return clicked
