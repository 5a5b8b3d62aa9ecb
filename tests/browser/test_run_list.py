"""The list of runs in the browser: chosen with the keyboard, taken along, deleted and had back."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from nn.runs import write_name
from tests.browser.conftest import SAID_BELOW, App
from tests.ui.run_list.runs_page import a_run


def test_a_run_goes_into_a_file_and_comes_back(
    offline_app: App, page: Page, tmp_path: Path
) -> None:
    runs = offline_app.folder / "runs"
    write_name(a_run(runs, "to-be-listed", owner=""), "listed")
    page.goto(f"{offline_app.url}/runs")
    page.get_by_role("textbox", name="Find").fill("listed")
    page.get_by_role("textbox", name="Find").press("Enter")
    expect(page.get_by_text(re.compile(r"^1 (run|of \d+ runs)$"))).to_be_visible()
    page.locator("[data-testid=stDataFrame] canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_text("It was started in a terminal")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    download.value.save_as(tmp_path / "run.zip")
    page.get_by_text("Open a run from a file").click()
    (tmp_path / "notes.txt").write_text("no run")
    page.locator("input[type=file]").set_input_files(tmp_path / "notes.txt")
    refused = page.get_by_test_id("stFileUploader").filter(has=page.locator("[aria-invalid=true]"))
    assert "was not taken" in refused.evaluate(SAID_BELOW)
    page.locator("input[type=file]").set_input_files(tmp_path / "run.zip")
    expect(page.get_by_text("It came from a file")).to_be_visible()
    two = page.get_by_text(re.compile(r"^2 (of \d+ )?runs$"))
    expect(two).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(two).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(two).to_be_visible()
    for run in runs.glob("*"):
        if (run / "name.txt").is_file() and "listed" in (run / "name.txt").read_text():
            shutil.rmtree(run)
