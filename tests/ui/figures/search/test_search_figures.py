"""What the charts of a search show, from trials made by hand."""

import json
import re

import plotly.graph_objects as go

from ui.figures.search.best_so_far import TrialDot, best_so_far
from ui.figures.search.importance import importance_figure
from ui.figures.search.parallel_coordinates import Axis, TrialLine, parallel_coordinates

DOTS = [
    TrialDot(0, 60.0, 0.5, False, "learning rate 0.1"),
    TrialDot(1, 120.0, 0.7, False, "learning rate 1"),
    TrialDot(2, 150.0, 0.1, True, "learning rate 0.3"),
    TrialDot(3, 240.0, 0.3, False, "learning rate 0.2"),
    TrialDot(4, 300.0, 0.4, False, "learning rate 0.01"),
]


def trace(figure: dict, name: str) -> dict:
    return next(one for one in figure["data"] if one["name"] == name)


def test_the_line_of_the_best_goes_down_with_each_better_trial_and_on_to_the_end():
    line = trace(best_so_far(DOTS, "Validation loss", lower_is_better=True), "Best so far")

    assert line["x"] == [1.0, 4.0, 5.0]
    assert line["y"] == [0.5, 0.3, 0.3]


def test_what_took_less_than_three_minutes_is_told_in_seconds():
    figure = best_so_far(DOTS[:2], "Validation loss", lower_is_better=True)

    assert figure["layout"]["xaxis"]["title"]["text"] == "Seconds of searching"
    assert trace(figure, "Best so far")["x"] == [60, 120]


def test_the_axis_of_a_single_loss_does_not_go_below_zero():
    axis = best_so_far(DOTS[:1], "Loss", lower_is_better=True)["layout"]["yaxis"]

    assert axis["rangemode"] == "nonnegative"


def test_of_an_accuracy_more_is_better_and_it_is_shown_in_percent():
    figure = best_so_far(DOTS, "Validation accuracy", lower_is_better=False)

    assert trace(figure, "Best so far")["y"] == [50, 70, 70]
    assert figure["layout"]["yaxis"]["title"]["text"] == "Validation accuracy (%)"


def test_a_trial_that_was_ended_early_is_marked_and_never_the_best():
    figure = best_so_far(DOTS, "Validation loss", lower_is_better=True)

    assert trace(figure, "Ended early")["text"] == ["Trial 3"]
    assert 0.1 not in trace(figure, "Best so far")["y"]


def test_a_trial_that_the_end_of_its_search_cut_is_not_one_that_was_ended_early():
    dots = [*DOTS, TrialDot(5, 310.0, 0.6, True, "", is_cut=True)]
    figure = best_so_far(dots, "Validation loss", lower_is_better=True)

    assert trace(figure, "Ended early")["text"] == ["Trial 3"]
    assert trace(figure, "Stopped or out of time")["text"] == ["Trial 6"]

    lines = [TrialLine(5, [0.5], 0.0, True, "Trial 6", is_cut=True)]
    figure = parallel_coordinates([Axis("Loss", [(0, "1")])], lines)
    assert trace(figure, "Stopped or out of time")["showlegend"]
    assert not trace(figure, "Ended early")["showlegend"]


def test_losses_that_differ_widely_are_on_a_logarithmic_axis():
    wide = [*DOTS, TrialDot(5, 360.0, 90.0, False, "")]

    axis = best_so_far(wide, "Loss", lower_is_better=True)["layout"]["yaxis"]
    assert axis["type"] == "log"
    assert {0.1, 0.2, 0.5, 1.0, 20.0, 50.0} <= set(axis["tickvals"])
    assert "type" not in best_so_far(DOTS, "Loss", lower_is_better=True)["layout"]["yaxis"]


def test_the_most_important_setting_is_on_top():
    figure = importance_figure({"Dropout": 0.2, "Learning rate": 0.7, "Hidden layers": 0.1})

    assert figure["data"][0]["y"][-1] == "Learning rate"
    assert figure["data"][0]["text"][-1] == "70 %"


def test_each_trial_is_a_line_and_the_best_one_stands_out():
    axes = [Axis("Learning rate", [(0, "0.001"), (1, "0.1")]), Axis("Loss", [(0, "1"), (1, "2")])]
    lines = [
        TrialLine(0, [0.2, 0.9], 0.0, False, "Trial 0"),
        TrialLine(1, [0.5, 0.0], 1.0, False, "Trial 1"),
        TrialLine(2, [0.7, None], 0.0, True, "Trial 2"),
    ]

    figure = parallel_coordinates(axes, lines)

    assert trace(figure, "The best")["y"] == [0.5, 0.0, None]
    assert (
        trace(figure, "The best")["line"]["width"] > trace(figure, "Worst quarter")["line"]["width"]
    )
    assert trace(figure, "Worst quarter")["text"][0] == "Trial 0"
    assert trace(figure, "Ended early")["y"] == [0.7, None, None]
    assert figure["layout"]["xaxis"]["ticktext"] == ["Learning rate", "Loss"]


def test_plotly_knows_all_names_in_the_figures():
    for figure in (
        best_so_far(DOTS, "Loss", lower_is_better=True),
        best_so_far([], "Loss", lower_is_better=True),
        importance_figure({"Dropout": 1.0}),
        parallel_coordinates([Axis("Loss", [(0, "1")])], [TrialLine(0, [0.5], 1.0, False, "")]),
    ):
        # The themes' colours are put in by the browser.
        text = re.sub(r"var\([\w-]+\)", "#000000", json.dumps(figure))
        go.Figure(json.loads(text))
