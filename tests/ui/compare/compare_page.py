"""The comparison in a test: runs to compare, opening the page, what it says and shows."""

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

import nn
from nn.runs import Run, RunWriter
from tests.ui.evaluate.evaluate_page import APP, save


def write_run(folder: Path, always: int | None = 0, model: bool = True, **settings: Any) -> Run:
    """A finished training of the built-in digits, whose network gives this digit whatever it is
    shown; with None it is one of random weights."""
    config = nn.TrainingConfig(**{"dataset": "digits", "hidden": (8,), "epochs": 2} | settings)
    with RunWriter(folder, config.to_dict()) as writer:
        writer.write("started", epochs=config.epochs, num_parameters=6370)
        for epoch in (1, 2):
            writer.write("epoch", 10 * epoch, epoch, train_loss=1 / epoch, train_accuracy=0.8)
        results = {"seconds": 3.2, "samples_per_second": 901.4, "test_accuracy": 36 / 355}
        writer.write("finished", 20, 2, **results)
    if model:
        save(folder / "model.safetensors", dataset=config.dataset, always=always)
    return Run(folder)


def open_comparison(*keys: str, **parameters: str) -> AppTest:
    page = AppTest.from_file(str(APP))
    page.switch_page("pages/runs.py")
    page.query_params.update({"view": "compare", "compare": ",".join(keys)} | parameters)
    page.run()
    assert not page.exception
    return page


def parameter(page: AppTest, name: str) -> str:
    """What stands in the address, as it was opened or as the page has written it."""
    value = page.query_params[name]
    return value if isinstance(value, str) else value[0]


def words(page: AppTest) -> str:
    """All that the page says, in one text."""
    kinds = (page.markdown, page.caption, page.info, page.warning, page.error, page.header)
    return "\n".join(element.value for kind in kinds for element in kind)


def charts(page: AppTest) -> list[dict[str, Any]]:
    """What each live chart of the page was given."""
    found = [json.loads(element.proto.json) for element in page.get("bidi_component")]
    return [given | {"figure": json.loads(given["figure"])} for given in found if "figure" in given]


def tables(page: AppTest) -> dict[str, dict[str, list[str]]]:
    """The tables of the page by their titles: the cells of each row by its heading."""
    found = {}
    for html in page.get("html"):
        body = html.proto.body
        if "<caption>" in body:
            rows = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', body)
            title = re.findall("<caption>(.*?)</caption>", body)[0]
            found[title] = {name: re.findall("<td>(.*?)</td>", cells) for name, cells in rows}
    return found


def cards(page: AppTest) -> list[str]:
    """The cards with images, each a text."""
    bodies = [html.proto.body for html in page.get("html")]
    return [card for body in bodies for card in body.split('<div class="card"')[1:]]
