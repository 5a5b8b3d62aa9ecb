"""All that the pages say and draw of a run, without a page: for runs whose files hold anything."""

from nn.runs import Run
from ui.figures.run_charts import RUN_CHARTS
from ui.models.list import _run_choice
from ui.run_list.facts import facts_of
from ui.run_list.listed import Listed
from ui.run_list.table import table_content
from ui.runs import shown_run
from ui.runs import text as run_text
from ui.runs.line_forecast import seconds_until_start
from ui.runs.measured import planned_epochs
from ui.runs.numbers import newest_numbers, test_sample
from ui.runs.state import Line, RunState
from ui.runs.time_left import seconds_left
from ui.train import projector
from ui.train.health import finding
from ui.train.health_line import ending_with_health
from ui.train.own_runs import row_details
from ui.train.spoken_progress import spoken


def every_word(run: Run) -> list[str]:
    """What lists and pages say of the run, whichever state it is in."""
    words = [run_text.name(run), run_text.called(run), run_text.details(run), str(finding(run))]
    numbers = newest_numbers(run)
    words += [text for number in numbers.values() for text in number]
    words += [test_sample(run), *projector._front(run, numbers), str(seconds_left(run))]
    for status in {run.status, "running"}:
        state = RunState(run, status, doing="stopping" if status == "running" else None)
        words += [run_text.one_line(run, status), row_details(state), spoken(state)]
        if not state.is_moving:
            words += ending_with_health(state)
    epochs = planned_epochs(run)
    if epochs is not None:
        done = min(run.events[-1]["epoch"], epochs)
        assert 0 <= done / epochs <= 1
        moving = RunState(run, "running")
        words.append(run_text.epoch_text(moving, epochs, done, seconds_left(run)))
    waiting = RunState(run, "waiting", place=1)
    words.append(str(seconds_until_start(Line([RunState(run, "running")], [waiting], 1), 0.0)))
    words.append(_run_choice(run).title)
    listed = Listed(facts_of(run), run.status, moves=False)
    words.append(str(table_content([listed]).to_pylist()))
    if run.events:
        words.append(str(shown_run._ended(run)))
    for chart in RUN_CHARTS.values():
        words.append(chart.alt(chart.figure(run)))
    return words
