"""Clicks on the confusion matrix."""

import pytest

from ui.evaluate import matrix_click


def test_a_click_chooses_the_cell_and_one_beside_the_matrix_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen: list[tuple[str, str]] = []
    monkeypatch.setattr(matrix_click, "choose_cell", lambda *cell: chosen.append(cell))
    click = matrix_click.choose_clicked_cell(["zero", "one"])
    for x, y in ((1, 0), (2, 0), (0, -1), (1e15, 1)):
        click({"x": x, "y": y})
    assert chosen == [("zero", "one")]
