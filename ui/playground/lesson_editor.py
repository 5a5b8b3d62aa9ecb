"""Making a lesson of one's own, which a link holds whole."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ui.playground import parameters
from ui.playground.lessons.draft import Draft, DraftStep, plain
from ui.playground.lessons.goal import GOALS
from ui.playground.lessons.lesson import MOST_STEPS, MOST_TEXT, MOST_TITLE
from ui.playground.lessons.link import packed
from ui.playground.page_due import due_after
from ui.playground.setup import CONTROLS, Setup
from ui.shared.url_text import plain as plain_text

_DRAFT, _STEP = "playground_draft", "playground_draft_step"
_NEW_GOAL: dict[str, Any] = {
    "test_loss_below": 0.05,
    "train_loss_below": 0.05,
    "train_loss_above": 0.3,
    "test_score_above": 0.95,
    "gap_above": 0.1,
    "gap_below": 0.05,
    "most_layers": 1,
    "most_neurons": 4,
    "most_inputs": 2,
    "least_epochs": 100,
    "most_epochs": 200,
    "diverges": True,
}


def draw_lesson_editor(setup: Setup) -> None:
    """Draw it, in the current container, for whoever looks at `setup`."""
    with st.expander(
        "Make a lesson of your own", icon=":material/edit_note:", key="playground_editor"
    ):
        st.markdown(
            "A lesson is a few steps, each with a text, a set-up and, if you like, a goal. Set the "
            "page to what a step is to begin with, then take that over here. The link at the end "
            "holds the whole lesson; nothing is kept on the server."
        )
        draft = _draft(setup)
        _bound(
            st.text_input,
            "title",
            draft.title,
            lambda text: setattr(draft, "title", text),
            label="Title",
            max_chars=MOST_TITLE,
            help="Stands above each step.",
        )
        number = _choose_step(draft)
        _edit_step(draft, number, setup)
        _link(draft)


def _draft(setup: Setup) -> Draft:
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None:
        draft = Draft(steps=[DraftStep(setup=plain(setup))])
        st.session_state[_DRAFT] = draft
    lesson = parameters.lesson_now()
    if lesson is not None:
        st.button(
            "Begin with the lesson that is open",
            key="playground_draft_from",
            on_click=due_after(lambda: _take(Draft.of(lesson))),
            help="Take its steps over, in place of those below.",
        )
    return draft


def _take(draft: Draft) -> None:
    st.session_state[_DRAFT] = draft
    st.session_state[_STEP] = 0


def _choose_step(draft: Draft) -> int:
    count = len(draft.steps)
    number = min(st.session_state.get(_STEP, 0), count - 1)

    def add() -> None:
        draft.add(number)
        st.session_state[_STEP] = number + 1

    with st.container(horizontal=True, vertical_alignment="bottom"):
        if count > 1:
            _bound(
                st.segmented_control,
                "number",
                number,
                lambda chosen: st.session_state.update({_STEP: chosen}),
                label="Step",
                options=list(range(count)),
                format_func=lambda place: str(place + 1),
                required=True,
                help="The step that is edited below.",
            )
        st.button(
            "Add a step",
            icon=":material/add:",
            key="playground_draft_add",
            disabled=count == MOST_STEPS,
            on_click=due_after(add),
            help=f"After this one; it begins with the same set-up. At most {MOST_STEPS}.",
        )
        st.button(
            "Remove this step",
            icon=":material/delete:",
            key="playground_draft_remove",
            disabled=count == 1,
            on_click=due_after(lambda: draft.remove(number)),
            help="Its text, its goal and its set-up are gone.",
        )
    return number


def _edit_step(draft: Draft, number: int, setup: Setup) -> None:
    step = draft.steps[number]
    _bound(
        st.text_area,
        f"text_{number}",
        step.text,
        lambda text: setattr(step, "text", text),
        label="Text",
        max_chars=MOST_TEXT,
        help="What is to be seen and done; an empty line begins a new paragraph. "
        "Between dollar signs stands a formula in LaTeX.",
    )
    _edit_goal(step, number)
    for name, label, help_text in (
        ("hide", "Hidden controls", "They are not there in this step."),
        (
            "lock",
            "Locked controls",
            "They are there and cannot be used in this step. Where the data are locked, points of "
            "one's own are too.",
        ),
    ):
        _bound(
            st.multiselect,
            f"{name}_{number}",
            [control for control in CONTROLS if control in getattr(step.setup, name)],
            lambda names, name=name: setattr(
                step, "setup", _with_controls(step.setup, name, names)
            ),
            label=label,
            options=list(CONTROLS),
            format_func=lambda name: name.replace("_", " "),
            help=help_text,
        )
    same = plain(replace(setup, hide=step.setup.hide, lock=step.setup.lock)) == step.setup
    st.button(
        "Begin this step with the set-up shown now",
        icon=":material/tune:",
        key="playground_draft_setup",
        disabled=same,
        on_click=due_after(
            lambda: setattr(
                step, "setup", plain(replace(setup, hide=step.setup.hide, lock=step.setup.lock))
            )
        ),
        help="It begins with what is shown now." if same else "Data, network and settings above.",
    )


def _with_controls(setup: Setup, name: str, controls: list[str]) -> Setup:
    changed = frozenset(controls)
    return replace(setup, hide=changed) if name == "hide" else replace(setup, lock=changed)


def _edit_goal(step: DraftStep, number: int) -> None:
    def choose(names: list[str]) -> None:
        step.goal = {name: step.goal.get(name, _NEW_GOAL[name]) for name in GOALS if name in names}

    def set_goal(name: str, value: float | None) -> None:
        if value is not None:
            step.goal[name] = value

    _bound(
        st.multiselect,
        f"goal_{number}",
        list(step.goal),
        choose,
        label="Goal",
        options=list(GOALS),
        format_func=lambda name: name.replace("_", " "),
        placeholder="none",
        help="What the page waits for: all of these at once.",
    )
    with st.container(horizontal=True):
        for name, value in step.goal.items():
            if name == "diverges":
                continue
            whole = isinstance(_NEW_GOAL[name], int)
            _bound(
                st.number_input,
                f"goal_{number}_{name}",
                value,
                lambda chosen, name=name: set_goal(name, chosen),
                label=name.replace("_", " "),
                min_value=0 if whole else 0.0,
                step=1 if whole else 0.01,
                help="A part of the goal.",
            )


def _link(draft: Draft) -> None:
    try:
        text = packed(draft.lesson())
    except ValueError as error:
        st.info(f"Not finished yet: {plain_text(str(error))}.", icon=":material/edit:")
        return
    st.markdown("**The link** to your lesson:")
    url = (st.context.url or "").split("?")[0]
    st.code(f"{url}?{urlencode({'lesson': text})}", language=None, wrap_lines=True)
    st.button(
        "Try it",
        icon=":material/play_arrow:",
        key="playground_draft_try",
        on_click=parameters.open_lesson,
        args=(text,),
        help="Open the lesson as others will see it. You can go on editing it here.",
    )


def _bound(draw: Any, name: str, value: Any, take: Any, **options: Any) -> None:
    """A widget that shows `value` and hands what is chosen to `take`."""
    key = f"playground_draft_{name}"
    st.session_state[key] = value
    draw(key=key, on_change=due_after(lambda: take(st.session_state[key])), **options)
