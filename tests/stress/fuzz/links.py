"""Links to comparisons, searches and steps, as their pages read them."""

import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode

import streamlit as st

import nn
from nn import runs
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import TEXTS, changed_text
from ui.compare import compared as compared_page
from ui.compare import curves, mistakes
from ui.compare.facts import result_rows, setting_rows
from ui.figures.comparison import ALONG, CURVES, comparison
from ui.how import image, opened_step
from ui.models.list import list_models
from ui.runs.jobs import jobs
from ui.search import form as forms
from ui.search.estimate import expected
from ui.shared import address

_FORMS = (
    "base=Fast;data=digits;each=3;how=random;best=accuracy;prune=no;trials=7;minutes=;"
    "learning_rate=log:0.001..0.1;hidden=32|none;batch_norm=true|false",
    "base=Quick;how=grid;trials=;minutes=3;dropout=0..0.5:0.1;optimizer=sgd|adam;epochs=3..9",
)
_MOST_IDS = 10_000


def links(folder: Path) -> Trial:
    """Each trial reads the parameters of one page."""
    logging.disable(logging.WARNING)  # Streamlit's, that there is no page
    os.environ["SCRATCH_NN_RUNS"] = str(folder)
    ids = [f"run-{number}" for number in range(3)]
    for number, run_id in enumerate(ids):
        config = nn.TrainingConfig(dataset="digits", hidden=(4,), epochs=2, seed=number)
        with runs.RunWriter(folder / run_id, config.to_dict()) as writer:
            writer.write("started", epochs=2, num_parameters=3190)
            writer.write("epoch", 23, 1.0, train_loss=1.5)
            writer.write("finished", 46, 2.0, test_accuracy=0.9, seconds=3.0)
    choices = {choice.key: choice for choice in list_models()}
    readers = (_comparison, _comparison, _form, _form, _step)

    def trial(rng: Random) -> None:
        rng.choice(readers)(rng, [*ids, *choices], choices)

    return trial


def _given(parameters: Mapping[str, str]) -> Callable[[str], str | None]:
    """What stands in the address, once a browser has written it and the server read it."""
    text = urlencode(parameters, errors="replace")
    return lambda name: parse_qs(text, keep_blank_values=True).get(name, [None])[-1]


def _comparison(rng: Random, ids: list[str], choices: dict) -> None:
    keys = [rng.choice(ids) for _ in range(rng.randint(0, 12))]
    if rng.random() < 0.002:
        keys += [f"{rng.getrandbits(96):024x}" for _ in range(_MOST_IDS)]
    asked = rng.choice((",", ",", ", ", ";", ",,")).join(keys)
    parameters = {
        "compare": changed_text(rng, asked) if rng.random() < 0.6 else asked,
        "curve": changed_text(rng, next(iter(CURVES))),
        "along": changed_text(rng, next(iter(ALONG))),
        "log": changed_text(rng, "true"),
        "images": changed_text(rng, "both-wrong"),
        "first": changed_text(rng, rng.choice(ids)),
    }
    with patch.object(address, "get", _given(parameters)), patch.object(address, "add", _nothing):
        notices = st.container()
        all_choices = dict(choices)
        shown = compared_page._asked(all_choices, notices)
        curves.notice_bad_curves(notices)
        mistakes._shown_cell(notices)
        assert len(shown) == len(set(shown)) <= compared_page.MOST
    told = compared_page._told_apart(
        [
            compared_page._compared(letter, all_choices[key])
            for letter, key in zip("ABCDEFGH", shown, strict=False)
        ]
    )
    if rng.random() < 0.1:
        rows = [*result_rows(told, ["finished"] * len(told)), *setting_rows(told)]
        assert all(len(row.cells) == len(told) for row in rows)
        with_run = {one.title: (place, one.run) for place, one in enumerate(told) if one.run}
        figure = comparison(with_run, CURVES["Training loss"], "Step", logarithmic=True)
        json.dumps(figure, allow_nan=False)


def _form(rng: Random, ids: list[str], choices: dict) -> None:
    del choices
    text = rng.choice((*_FORMS, f"base=run:{rng.choice(ids)};data=digits;dropout=0..0.5"))
    for _ in range(rng.randint(1, 3)):
        words = text.split(";")
        place = rng.randrange(len(words))
        words[place] = changed_text(rng, words[place])
        text = ";".join(words)
    if rng.random() < 0.002:
        text += ";hidden=" + "|".join(map(str, range(1, rng.randrange(3, 600))))
    given = _given({"form": text})("form")
    assert given is not None
    form, problems = forms.read_form(given)
    assert all(isinstance(problem, str) for problem in problems)
    again, _ = forms.read_form(forms.form_text(form))
    assert forms.form_text(again) == forms.form_text(form)
    settings = forms.search_settings(form)
    if rng.random() < 0.1:  # it looks at many trainings
        expected(settings)


def _step(rng: Random, ids: list[str], choices: dict) -> None:
    del choices
    text = rng.choice((*TEXTS, *ids, changed_text(rng, "3"), changed_text(rng, "1234")))
    with patch.object(address, "get", _given({"step": text, "image": text})):
        notices = st.container()
        opened_step.opened_step(notices)
        image.carried_image(notices)
    assert jobs().state(text) is None or text in ids
    assert jobs().searches.state(text) is None


def _nothing(parameters: address.Parameters) -> None:
    """Write no address."""
