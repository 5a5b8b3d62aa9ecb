"""The Train page in a test: opening it, pressing what is on it, reading what it says."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.ui.runs.trainings import until, until_status
from ui.runs.jobs import Jobs

PROJECT = Path(__file__).resolve().parents[3]


def open_page(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page("pages/train.py")
    for name, value in parameters.items():
        page.query_params[name] = value
    return look(page)


def look(page: AppTest) -> AppTest:
    """Run the page once more, as its timer does."""
    page.run()
    assert not page.exception
    return page


def button(page: AppTest, label: str) -> Any:
    return next(button for button in page.button if button.label == label)


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def texts(page: AppTest) -> str:
    drawn = (page.markdown, page.caption, page.success, page.info, page.warning, page.error)
    return "\n".join(element.value for elements in drawn for element in elements)


def progress_text(page: AppTest) -> str:
    return " ".join(element.proto.text for element in page.get("progress"))


def links(page: AppTest) -> dict[str, str]:
    return {link.proto.label: link.proto.query_string for link in page.get("page_link")}


def shown_run(page: AppTest) -> str:
    value = page.query_params["run"]
    return value if isinstance(value, str) else value[0]


def start(page: AppTest, jobs: Jobs) -> str:
    """Press Start and wait until the training has told something."""
    button(page, "Start training").click()
    look(page)
    run_id = shown_run(page)
    until_status(jobs, run_id, "running")
    until(lambda: (state := jobs.state(run_id)) is not None and bool(state.run.progress))
    look(page)
    return run_id
