"""The page How it works as Streamlit draws it."""

import json
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from tests.ui.how.conftest import PROJECT
from ui.how.exercises import EXERCISES
from ui.how.steps import STEPS
from ui.models.list import SHIPPED_FOLDER

MOST_WORDS = 60
CAPTION = re.compile(r"\[(nn/[\w/]+\.py)\]\((app/static/source/\S+)\?v=\w+\), line (\d+)")


def components(page: AppTest) -> dict[str, dict]:
    """What the browser's parts of the steps are sent, by the keys of the steps."""
    found = {e.proto.component_name: e.proto for e in page.main if e.type == "bidi_component"}
    return {step.key: json.loads(found[f"how_{step.key}"].json) for step in STEPS}


def alerts(page: AppTest) -> list[str]:
    return [warning.value for warning in page.warning]


def test_all_five_steps_are_there_with_few_words(open_page):
    page = open_page()
    assert not page.exception
    assert not alerts(page)
    headings = [heading.value for heading in page.header]
    titles = [f"{number}. {step.title}" for number, step in enumerate(STEPS, start=1)]
    assert headings == [*titles, "What next", "Exercises"]
    for step, sent in zip(STEPS, components(page).values(), strict=True):
        assert sent["words"] == list(step.words)
        spoken = re.sub(r"\[\[[^|]+\|([^\]]+)\]\]", r"\1", " ".join(step.words))
        assert len(spoken.split()) <= MOST_WORDS
        assert "[[" not in spoken


def test_the_code_that_is_shown_is_the_code_that_runs(open_page):
    page = open_page()
    captions = [found for text in page.markdown if (found := CAPTION.search(text.value))]
    assert len(captions) == len(page.code) >= len(STEPS)
    for caption, code in zip(captions, page.code, strict=True):
        place, url, first = caption.groups()
        source = (PROJECT / place).read_text(encoding="utf-8")
        shown = code.value.splitlines()
        lines = source.splitlines()[int(first) - 1 :][: len(shown)]
        indent = len(lines[0]) - len(lines[0].lstrip())
        assert [line[indent:].rstrip() for line in lines] == shown
        linked = PROJECT / url.removeprefix("app/")
        assert linked.read_text(encoding="utf-8") == source


def test_the_contents_lead_to_each_heading(open_page):
    page = open_page()
    contents = next(text.value for text in page.markdown if "(#next)" in text.value)
    assert re.findall(r"\(#([\w-]+)\)", contents) == [heading.anchor for heading in page.header]


def test_each_exercise_has_an_answer_and_links_have_names_of_their_own(open_page):
    page = open_page()
    answers = [one for one in page.expander if one.label.startswith("Answer")]
    assert [one.markdown[0].value for one in answers] == [one.answer for one in EXERCISES]
    labels = [link.proto.label for link in page.get("page_link")]
    assert len(set(labels)) == len(labels)


def test_another_image_goes_through_all_steps_and_stands_in_the_address(open_page):
    page = open_page(image="3")
    (box,) = page.number_input
    assert box.value == 3
    before = components(page)
    box.set_value(5).run()
    assert page.query_params["image"] == "5"
    after = components(page)
    assert after != before
    network = nn.load(SHIPPED_FOLDER / "small.safetensors")
    digits = data.load("digits")
    (probabilities,) = network.predict_proba(digits.test_images[5:6], averaging=nn.ALONE)
    sent = after["softmax"]
    shown = nn.softmax(np.array([sent["logits"]]) / sent["measured"])[0]
    np.testing.assert_allclose(shown, probabilities, rtol=1e-4)
    assert sent["label"] == digits.test_labels[5]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"image": "100000"}, "100000"),
        ({"image": "<b>"}, "image"),
        ({"step": "six"}, "from 1 to 5"),
    ],
)
def test_a_bad_link_is_told(open_page, parameters, words):
    page = open_page(**parameters)
    assert not page.exception
    assert any(words in text for text in alerts(page))
    assert page.number_input[0].value == 0


def test_a_link_opens_the_page_at_its_step(open_page):
    page = open_page(step="4")
    sent = [e.proto for e in page.main if e.type == "bidi_component"]
    scrolled = next(proto for proto in sent if proto.component_name == "scrolled_to")
    assert json.loads(scrolled.json)["id"] == "descent"


def test_without_the_networks_file_the_steps_are_there(shipped, open_page):
    page = open_page()
    assert not page.exception
    assert len(components(page)) == len(STEPS)
    (words,) = components(page)["neuron"]["words"]
    assert "with 784 inputs and 784 weights." in words  # of which no picture is there
    assert "[[w1 w2|weights]]" in words
