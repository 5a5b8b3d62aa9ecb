"""What can be done with the runs that are chosen in the list."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

import streamlit as st

from nn.runs import CLOSING, Run, runs_folder
from nn.runs.archive import write_archive
from nn.runs.pinned import set_pinned
from ui.compare.compared import COMPARE, MOST
from ui.run_list.deleting import delete
from ui.run_list.facts import Facts
from ui.run_list.filters import SEARCH_OF
from ui.run_list.listed import Listed
from ui.runs.badges import ENDED_EARLY
from ui.runs.operator import is_operator
from ui.runs.pins import pin
from ui.runs.rights import steers
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.links import action_link, link_row
from ui.shared.pages import DRAW, EVALUATE, INSIDE, TRAIN
from ui.train.run_menu import name_field

_WAIT_FOR_MODEL = "As soon as its network has been saved for the first time."


def actions(chosen: Sequence[Listed]) -> None:
    """Draw what can be done; call it within a fragment."""
    if not chosen:
        st.caption(
            "Choose a run by the box at the left of its row (on the keyboard: Shift and the space "
            "bar) to open, name, pin or delete it; several, to compare them."
        )
        return
    runs = [one.facts for one in chosen]
    if len(chosen) == 1:
        _open(runs[0])
        _say_failure(runs[0])
    own = [facts for facts in runs if steers(facts.id)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="run_actions"):
        if len(chosen) == 1 and own:
            name_field(Run(runs_folder() / own[0].id), key="name_in_table")
        _compare(runs)
        _pin(own)
        _delete(own, len(runs))
        if len(chosen) == 1:
            _download(runs[0], chosen[0].status)
    if len(chosen) == 1 and runs[0].brought:
        st.caption("It came from a file: somebody trained it, here or on another computer.")
    if len(own) < len(runs):
        others = f"{len(runs) - len(own)} of them were" if own else "They were"
        whose = "It was" if len(runs) == 1 else others
        st.caption(
            f"{whose} started in a terminal or by somebody else, who alone can name, pin or delete "
            f"{'it' if len(runs) == 1 else 'them'}."
        )


def _open(facts: Facts) -> None:
    """Links to the pages that show a run."""
    model = {"model": facts.id}
    wait = None if facts.has_model else _WAIT_FOR_MODEL
    if facts.status == "failed" and not facts.has_model:
        wait = "It has no network: its training failed."
    with link_row("run"):
        action_link(
            TRAIN,
            label="See its curves",
            query_params={"run": facts.id},
            help="How it was trained, on the Train page.",
        )
        for page, label, what in (
            (EVALUATE, "See its mistakes", "The confusion matrix of its network."),
            (DRAW, "Draw a digit for it", "Let its network read your handwriting."),
            (INSIDE, "Look inside", "What its network does with an image, number by number."),
        ):
            action_link(
                page,
                label=label,
                query_params=model,
                help=wait or what,
                disabled=not facts.has_model,
            )


def _say_failure(facts: Facts) -> None:
    """Say why a training failed."""
    if facts.status != "failed":
        return
    told = Run(runs_folder() / facts.id).last("failed") or {}
    if told.get("message"):
        st.caption(f":material/error: It failed: {error_text(told['message'])}")


def _compare(runs: Sequence[Facts]) -> None:
    if len(runs) < 2:
        return
    is_too_many = len(runs) > MOST
    pressed = st.button(
        f"Compare {len(runs)}",
        icon=":material/compare_arrows:",
        type="primary",
        disabled=is_too_many,
        help=f"At most {MOST} can stand beside each other."
        if is_too_many
        else "Their curves, settings and mistakes beside each other.",
    )
    if pressed:
        chosen = ",".join(facts.id for facts in runs)
        address.put({"view": "compare", COMPARE: chosen, SEARCH_OF: None})
        st.rerun()  # the whole page, of which this is a fragment


def _pin(own: Sequence[Facts]) -> None:
    if not own:
        return
    pinned = all(facts.pinned for facts in own)
    st.button(
        "Unpin" if pinned else "Pin",
        icon=":material/keep_off:" if pinned else ":material/keep:",
        help="Let it go when old runs are cleared away to make room for new ones."
        if pinned
        else "Keep it when old runs are cleared away to make room for new ones.",
        on_click=_set_pinned,
        args=(own, not pinned),
    )


def _set_pinned(own: Sequence[Facts], pinned: bool) -> None:
    for facts in own:
        folder = runs_folder() / facts.id
        if not steers(facts.id):  # it was removed meanwhile, or the operator has signed out
            continue
        try:
            if pinned:
                pin(folder, unlimited=is_operator())
            else:
                set_pinned(folder, False)
        except (OSError, ValueError) as error:
            st.toast(f"Not pinned: {error_text(error)}", icon=":material/error:")
            return


def _delete(own: Sequence[Facts], count: int) -> None:
    if not own:
        return
    st.button(
        "Delete" if count == 1 else f"Delete {len(own)}",
        icon=":material/delete:",
        help="You can have it back for ten minutes.",
        on_click=delete,
        args=(own,),
    )


def _download(facts: Facts, status: str) -> None:
    has_ended = status in (*CLOSING, ENDED_EARLY) and facts.has_model
    st.download_button(
        "Download",
        partial(_archive, facts.id),
        f"scratch-nn-{facts.id}.zip",
        "application/zip",
        on_click="ignore",
        icon=":material/download:",
        disabled=not has_ended,
        help="One file with its settings, its curves and its network, which can be opened below or "
        "on another computer. The weights on the way there are not in it."
        if has_ended
        else "Once it has ended, and has a network.",
    )


def _archive(run_id: str) -> bytes:
    file = BytesIO()
    write_archive(Run(runs_folder() / run_id), file)
    return file.getvalue()
