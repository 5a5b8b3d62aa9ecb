"""The confusion matrix as a heatmap."""

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures import confusion

LABELS = ("cat", "dog", "owl")
MATRIX = np.array([[90, 9, 1], [0, 50, 0], [3, 0, 0]])


def confusion_figure(*arguments, **named):
    """Plotly's own figure, which refuses what it doesn't know."""
    return go.Figure(confusion.confusion_figure(*arguments, **named))


def numbers(figure):
    """The texts in the cells, row by row."""
    text = figure.data[1]
    assert all(text.text)  # an empty one would keep Plotly from ever showing a number there
    cells = {(y, x): t.strip() for x, y, t in zip(text.x, text.y, text.text, strict=True)}
    return [[cells[row, column] for column in range(3)] for row in range(3)]


def test_counts_stand_in_the_cells_and_empty_cells_stay_blank():
    figure = confusion_figure(MATRIX, LABELS)
    assert numbers(figure) == [["90", "9", "1"], ["", "50", ""], ["3", "", ""]]


def test_percentages_are_of_the_row():
    figure = confusion_figure(MATRIX, LABELS, normalize=True)
    assert numbers(figure) == [
        ["90.0", "9.0", "1.0"],
        ["", "100.0", ""],
        ["100.0", "", ""],
    ]


def test_a_class_without_images_gives_an_empty_row():
    matrix = np.array([[5, 1, 0], [0, 0, 0], [0, 0, 1]])
    figure = confusion_figure(matrix, LABELS, normalize=True)
    assert numbers(figure)[1] == ["", "", ""]
    assert np.isfinite(np.array(figure.data[0].z, dtype=float)).all()


@pytest.mark.parametrize("normalize", [False, True])
def test_more_images_mean_a_stronger_colour_and_one_mistake_is_seen(normalize):
    z = np.array(confusion_figure(MATRIX, LABELS, normalize).data[0].z, dtype=float)
    assert z.min() == 0
    assert z.max() == 1
    assert z[0, 0] > z[0, 1] > z[0, 2] > 0.1
    assert z[1, 0] == 0


def test_hiding_the_diagonal_gives_the_colours_to_the_mistakes():
    figure = confusion_figure(MATRIX, LABELS, hide_diagonal=True)
    z = np.array(figure.data[0].z, dtype=float)
    assert np.isnan(z.diagonal()).all()
    assert z[0, 1] == 1  # the biggest mistake, now the strongest
    assert [numbers(figure)[k][k] for k in range(3)] == ["", "", ""]


def test_hiding_the_diagonal_keeps_the_percentages():
    figure = confusion_figure(MATRIX, LABELS, normalize=True, hide_diagonal=True)
    assert numbers(figure)[0][1] == "9.0"


def test_a_rare_mistake_is_not_rounded_to_none():
    matrix = np.array([[4999, 1, 0], [0, 10, 0], [0, 0, 10]])
    figure = confusion_figure(matrix, LABELS, normalize=True)
    assert numbers(figure)[0] == [">99.9", "<0.1", ""]


def test_numbers_stand_out_from_their_cells_and_leave_clicks_to_them():
    text = confusion_figure(MATRIX, LABELS).data[1]
    assert text.textfont.color[0] == "var(--st-background-color)"  # 90, on the strongest cell
    assert text.textfont.color[3] == "var(--st-text-color)"  # none, on the weakest
    assert text.hoverinfo == "skip"


def test_a_matrix_without_mistakes_can_hide_its_diagonal():
    z = np.array(confusion_figure(np.diag([4, 5]), ("a", "b"), hide_diagonal=True).data[0].z)
    assert np.nanmax(z.astype(float)) == 0


def test_hovering_says_it_in_words():
    hover = confusion_figure(MATRIX, LABELS).data[0].hovertext
    assert hover[0][1] == "<b>cat called dog</b><br>9 images, 9.0\xa0% of all images of cat"
    assert hover[0][2] == "<b>cat called owl</b><br>1 image, 1.0\xa0% of all images of cat"
    assert hover[1][1] == "<b>dog recognised</b><br>50 images, 100.0\xa0% of all images of dog"


def test_a_click_on_a_cell_gives_class_numbers_whatever_the_labels():
    # Labels that look like numbers must not become positions on the axes.
    figure = confusion_figure(MATRIX, ("7", "8", "9"))
    assert list(figure.layout.xaxis.tickvals) == [0, 1, 2]
    assert list(figure.layout.yaxis.ticktext) == ["7", "8", "9"]
    assert figure.data[0].x is None  # so the columns are 0, 1, 2
    assert figure.data[0].y is None


def test_the_chosen_cell_is_framed():
    (frame,) = confusion_figure(MATRIX, LABELS, selected=(2, 0)).layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (-0.5, 0.5, 1.5, 2.5)
    assert not confusion_figure(MATRIX, LABELS).layout.shapes


def test_title_axes_and_fixed_view():
    layout = confusion_figure(MATRIX, LABELS, title="143 animals").layout
    assert layout.title.text == "143 animals"
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("Predicted", "True")
    assert layout.yaxis.autorange == "reversed"  # first class on top
    assert layout.xaxis.fixedrange  # a finger scrolls the page
    assert layout.yaxis.fixedrange
