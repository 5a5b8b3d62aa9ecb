"""The projector mode of the Train page: a run for the last row, and nothing else."""

import streamlit as st

from nn.runs import Run
from ui.components.live_chart import live_chart
from ui.figures.enlarged import enlarged
from ui.figures.run_charts import RUN_CHARTS
from ui.runs.numbers import newest_numbers, test_count, test_sample
from ui.runs.text import result_accuracy
from ui.shared.percent import percent
from ui.train.chart_switches import switched_on

_KEY = "projector"
_SO_FAR = "Test accuracy so far"
_CHART_HEIGHT = "calc(100vh - 19rem)"
"""What the screen has left below the bar, the controls and how far the run is."""

# The switch stands in the bar at the top, where it is always in sight.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 3.5rem 2rem 0; max-width: none; }
.stVerticalBlock:has(> * > .st-key-train_page) { gap: 0; }
[data-testid="stHeader"] { z-index: 1; }
.st-key-projector { position: fixed; top: 1.1rem; right: 5rem; width: auto; z-index: 2; }
.st-key-train_title h1, .st-key-train_page > :has(> .st-key-train_presets),
.st-key-train_page > :has(> .st-key-train_settings),
.st-key-train_run > :not(:has(.st-key-run_top)) { display: none; }
.st-key-train_page { display: block; }
.st-key-train_run > :has(.st-key-run_top) > div { gap: 0.5rem; }
.st-key-train_run .st-key-run_top { min-height: 4.75rem; }
.st-key-train_run .st-key-run_name { margin: 0; }
.st-key-train_page .st-key-run_middle { min-height: 6.25rem; gap: 0.5rem; }
.st-key-run_middle [data-testid="stAlertContainer"] { padding: 0.5rem 1rem; }
.st-key-run_middle :is([data-testid="stAlertContainer"], .stMarkdown) p { font-size: 0.95rem; }
.st-key-projector_stage {
  display: grid; grid-template-columns: minmax(0, 25fr) minmax(0, 38fr) minmax(0, 38fr);
  gap: 1.5rem; align-items: center;
}
.st-key-projector_stage > :first-child .stVerticalBlock { gap: 0.5rem; }
.st-key-projector_stage [data-testid="stMetricLabel"] p { font-size: max(1rem, 1.5vw); }
.st-key-projector_stage [data-testid="stMetricValue"] { font-size: max(1.75rem, 2.6vw); }
.st-key-projector_front [data-testid="stMetricValue"] {
  font-size: max(3rem, 5.5vw); font-weight: 600; line-height: 1.1;
}
@media (max-width: 800px) {
  .st-key-train_run > :has(.st-key-run_top) > div, .st-key-projector_stage { display: flex; }
  .st-key-train_page :is(.st-key-run_top, .st-key-run_middle) { min-height: 0; }
}
</style>"""


def projector_switch() -> None:
    """Draw the switch; with it on, only the run is shown, in large. It stands in the URL."""
    st.toggle(
        "Projector",
        key=_KEY,
        bind="query-params",
        persist_state="session",
        help="For a class: the numbers and curves of the training in large, all else folded "
        "away, on this page. Switch it off to come back to the settings.",
    )


def projector_layout() -> None:
    """Arrange the page for it, after `page_layout`."""
    st.html(_STYLE)


def is_projected() -> bool:
    """Whether the switch is on."""
    return bool(st.session_state.get(_KEY))


def projected(run: Run) -> None:
    """Draw a run's numbers and charts in large, beside each other."""
    numbers = newest_numbers(run)
    front, *others = _front(run, numbers), "Training accuracy", "Training loss", "Images/s"
    sample = test_sample(run) if front[0] == _SO_FAR else ""
    with st.container(key="projector_stage"):
        with st.container():
            with st.container(key="projector_front"):
                st.metric(*front)
                if sample:
                    st.caption(f"On {sample} of the test")
            for label in others:
                if label != front[0]:
                    st.metric(label, numbers[label][0])
        for chart in RUN_CHARTS.values():
            figure = chart.figure(run, **switched_on())
            with st.container():
                live_chart(
                    enlarged(figure),
                    key=f"{chart.name}_chart",
                    alt=chart.alt(figure),
                    height=_CHART_HEIGHT,
                )


def _front(run: Run, numbers: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """The accuracy that says most: that of the test, on some of its images until the end."""
    tested = result_accuracy(run)
    if tested is not None:
        return "Test accuracy", tested
    told = (event.get("test_accuracy") for event in reversed(run.epochs))
    so_far = next((share for share in told if share is not None), None)
    if so_far is not None:
        return _SO_FAR, percent(so_far, test_count(run))
    if "%" in numbers["Validation accuracy"][0]:
        return "Validation accuracy", numbers["Validation accuracy"][0]
    return "Training accuracy", numbers["Training accuracy"][0]
