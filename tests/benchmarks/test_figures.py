"""What becomes of measured figures: medians, ratios, tables and pictures."""

import pytest

pytest.importorskip("plotly")

from benchmarks import markdown
from benchmarks.cases import Case
from benchmarks.child import Entrant
from benchmarks.competition import Outcome, fastest, ratio
from benchmarks.contenders import COMPILED, EAGER, ENGINE, PEAK, SKLEARN
from benchmarks.memory import Memory
from benchmarks.pictures import training_picture, with_machine
from benchmarks.sections.training import Result, parts_rows, table_rows

CASE = Case((128, 64), 64)


def outcome(**figures: dict[int, list[float]]) -> Outcome:
    """Contender -> threads -> values."""
    return Outcome(
        {
            Entrant(contender, threads, CASE): values
            for contender, by_threads in figures.items()
            for threads, values in by_threads.items()
        }
    )


@pytest.fixture
def result() -> Result:
    measured = outcome(
        **{
            ENGINE: {1: [0.3, 0.1, 0.2], 2: [0.4, 0.4, 0.1]},
            EAGER: {1: [0.9, 0.9, 0.9], 2: [0.6, 0.7, 0.1]},
            COMPILED: {1: [0.5, 0.5, 0.5]},
            SKLEARN: {2: [0.8, 0.8, 0.8]},
            PEAK: {1: [100.0, 300.0, 200.0], 2: [400.0, 500.0, 100.0]},
        }
    )
    parts = {"matrix products": 80e-6, "Python": 20e-6}
    return Result(CASE, 60_000, measured, {ENGINE: Memory(120.0, 50.0), EAGER: None}, parts)


def test_better_number_of_threads_by_its_median(result):
    best = result.outcome.best(ENGINE)
    assert best is not None
    assert best.threads == 1
    assert result.outcome.median(ENGINE) == 0.2


def test_most_counts_for_the_peak(result):
    assert result.outcome.median(PEAK) == 400


def test_ratios_are_to_the_better_pytorch(result):
    assert result.times_pytorch == pytest.approx(0.5 / 0.2)
    assert result.times_sklearn == pytest.approx(0.8 / 0.2)


def test_share_of_the_peak(result):
    assert result.gflops == pytest.approx(27.264 / 0.2)
    assert result.share_of_peak == pytest.approx(27.264 / 0.2 / 400)


def test_unknown_stays_unknown():
    assert ratio(None, 1) is ratio(1, None) is fastest(None, None) is None
    assert fastest(None, 2.0) == 2


def test_rows(result):
    assert table_rows([result]) == [
        ["scratch-nn", "0.200 (1)", "120"],
        ["PyTorch", "0.600 (2)", "–"],
        ["PyTorch compiled", "0.500 (1)", "–"],
        ["scikit-learn", "0.800 (2)", "–"],
        ["times faster than PyTorch", "2.50", ""],
        ["times faster than scikit-learn", "4.00", ""],
        ["GFLOP/s", "136", ""],
        ["matrix peak (GFLOP/s)", "400", ""],
        ["share of the matrix peak", "0.341", ""],
    ]


def test_parts_of_a_step_in_microseconds(result):
    assert parts_rows([result, result]) == [
        ["matrix products", "80.0", "80.0"],
        ["Python", "20.0", "20.0"],
        ["whole", "100", "100"],
    ]


def test_rows_without_peers():
    alone = Result(CASE, 60_000, outcome(**{ENGINE: {1: [0.2]}}), {}, {})
    assert [row[0] for row in table_rows([alone])] == ["scratch-nn", "GFLOP/s"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05714, "0.0571"), (27.264, "27.3"), (1234.5, "1,234"), (0.0, "0"), (None, "–")],
)
def test_numbers(value, text):
    assert markdown.number(value) == text


def test_markdown_table():
    assert markdown.table(["", "a"], [["b", "1"]]) == "|  | a |\n| --- | --: |\n| b | 1 |"
    with pytest.raises(ValueError, match=r"rows must have 2 cells, got 1 in \['b'\]"):
        markdown.table(["", "a"], [["b"]])


def test_picture_shows_who_took_part_and_the_machine():
    measured = outcome(**{ENGINE: {1: [0.2]}, SKLEARN: {1: [0.8]}})
    figure = with_machine(training_picture("a network", ["batch 64"], [measured], [0.05]), "a CPU")
    assert [trace.name for trace in figure.data] == ["scratch-nn", "scikit-learn"]
    assert [(shape.name, shape.y0) for shape in figure.layout.shapes] == [
        ("limit: matrix peak", 0.05)
    ]
    assert figure.data[0].y == (0.2,)
    assert figure.layout.title.subtitle.text == "a network<br>a CPU"
    assert figure.layout.yaxis.title.text == "seconds per epoch (less is better)"
