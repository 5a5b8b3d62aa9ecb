"""The mistakes of those that are compared against each other, and what they tell."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from ui.compare.compared import COMPARE, FIRST, SECOND, Compared
from ui.compare.pair import CELLS, LEVEL, Pair, chance_text
from ui.compare.pair_cards import pair_cards
from ui.compare.table import table
from ui.compare.verdicts import Verdicts, verdicts
from ui.components.live_chart import live_chart
from ui.evaluate.asking_bar import asking_bar
from ui.figures.agreement import agreement_figure
from ui.models.follow_training import follow_training
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.link_notice import notice_bad_value
from ui.shared.pages import TRAIN
from ui.shared.url_text import plain

_IMAGES = "images"
"""Where the address says which of the four kinds of images is shown."""
IN_ADDRESS = (COMPARE, FIRST, SECOND, _IMAGES)
"""All that the address says of a comparison, but for what is bound to controls."""
_PLACES = {(first, second): cell for cell, (first, second) in CELLS.items()}


def mistakes(compared: Sequence[Compared], notices: DeltaGenerator) -> None:
    """Draw them; `notices` is the container for those about what the address asks for."""
    st.header("Mistakes against each other")
    alike = _same_data(compared)
    for words in _left_out(compared, alike):
        st.info(words, icon=":material/info:")
    if len(alike) < 2:
        return
    first, second = _choose_pair(alike, notices)
    for one in (first, second):
        follow_training(one.choice)
    told = _ask((first, second), "asking_two")
    if len(told) == 2:
        _show_pair((first, second), (told[first.letter], told[second.letter]), notices)
    others = [one for one in alike if one not in (first, second)]
    if others:
        _pairs(told | _ask(others, "asking_others"))


def _same_data(compared: Sequence[Compared]) -> list[Compared]:
    """Those with a model that learned from the same data, as many as there are."""
    with_model = [one for one in compared if one.has_model and one.choice.dataset in data.DATASETS]
    groups: dict[str, list[Compared]] = {}
    for one in with_model:
        groups.setdefault(one.choice.dataset, []).append(one)
    return max(groups.values(), key=len, default=[])


def _left_out(compared: Sequence[Compared], alike: Sequence[Compared]) -> list[str]:
    """Why some of them, or all, are not compared by their mistakes."""
    words, of_other_data = [], {}
    for one in compared:
        info = data.DATASETS.get(one.choice.dataset)
        name = f"**{plain(one.title)}**"
        if not one.has_model:
            words.append(f"{name} has no network to ask{_why_none(one)}.")
        elif info is None:
            words.append(f"{name} is left out: its file does not say which data it learned from.")
        elif one not in alike or len(alike) < 2:
            of_other_data[name] = info.title
    can_not = "Mistakes on different images can't be set against each other."
    if len(alike) > 1:
        theirs = data.DATASETS[alike[0].choice.dataset].title
        words += [
            f"{name} is left out: it learned from {title}, and the others from {theirs}. {can_not}"
            for name, title in of_other_data.items()
        ]
    elif len(of_other_data) > 1:
        each = ", ".join(f"{name} learned from {title}" for name, title in of_other_data.items())
        words.append(f"{each}. {can_not}")
    return words


def _why_none(one: Compared) -> str:
    if one.run is None:
        return ""
    return ": its training failed" if one.run.status == "failed" else " yet: its training writes it"


def _choose_pair(alike: Sequence[Compared], notices: DeltaGenerator) -> tuple[Compared, Compared]:
    """The two that are looked at; boxes to choose them where there are more."""
    by_key = {one.choice.key: one for one in alike}
    keys = list(by_key)
    asked = [
        address.get(name) if notice_bad_value(name, keys, notices) else None
        for name in (FIRST, SECOND)
    ]
    first = asked[0] or next(key for key in keys if key != asked[1])
    second = asked[1] if asked[1] not in (None, first) else None
    second = second or next(key for key in keys if key != first)
    if len(keys) > 2:
        boxes = {
            FIRST: ("First", first, "One of the two whose mistakes are shown."),
            SECOND: ("Second", second, "The other one; its own choice is not offered here."),
        }
        for column, (name, (label, key, explanation)) in zip(
            st.columns(2), boxes.items(), strict=True
        ):
            st.session_state[f"compare_{name}"] = key
            column.selectbox(
                label,
                keys if name == FIRST else [other for other in keys if other != first],
                key=f"compare_{name}",
                format_func=lambda key: by_key[key].title,
                on_change=_put_pair,
                help=explanation,
            )
    return by_key[first], by_key[second]


def _put_pair() -> None:
    first, second = (st.session_state[f"compare_{name}"] for name in (FIRST, SECOND))
    # Where the first is now the one that was the second, another one takes its place there.
    address.put({FIRST: first, SECOND: None if second == first else second})


def _ask(several: Sequence[Compared], key: str) -> dict[str, Verdicts]:
    """The answers of some of them by their letters, while a bar shows how far that is; without
    those who can't be asked, of whom that is said. `key` as in `asking_bar`."""
    told: dict[str, Verdicts] = {}
    names = ", ".join(plain(one.title) for one in several)
    info = data.DATASETS[several[0].choice.dataset]
    with asking_bar(f"Asking {names} about the test images of {info.title}", key) as show:
        for place, one in enumerate(several):
            try:
                told[one.letter] = verdicts(one.choice, _part(show, place, len(several)))
            except data.DatasetNotFound as error:
                st.info(error_text(error), icon=":material/image:")
                st.page_link(TRAIN.file, label="Download it on the Train page", icon=TRAIN.icon)
                break
            except (ValueError, OSError) as error:
                words = f"{plain(one.title)} cannot be asked: {error_text(error)}"
                st.error(words, icon=":material/error:")
    return told


def _part(show: Callable[[float], None], place: int, count: int) -> Callable[[float], None]:
    """Shows the share of one of several, as that of all."""
    return lambda share: show((place + share) / count)


def _show_pair(
    compared: tuple[Compared, Compared],
    told: tuple[Verdicts, Verdicts],
    notices: DeltaGenerator,
) -> None:
    (first, second), (of_first, of_second) = compared, told
    try:
        pair = Pair(of_first, of_second)
    except ValueError as error:
        st.error(error_text(error), icon=":material/block:")
        return
    title = data.DATASETS[first.choice.dataset].title
    st.markdown(f"**{plain(first.title)}** and **{plain(second.title)}**, on the same images.")
    st.markdown(pair.sentence(f"**{first.letter}**", f"**{second.letter}**"))
    note = (
        "McNemar's test (1947). It looks at the images that one of the two alone gets wrong. It "
        "compares these two networks and not their settings: trained with another random seed, "
        "each would make other mistakes."
    )
    if of_first.alone or of_second.alone:
        note += " For so many images the models look at each alone, without test-time averages."
    st.caption(note)
    cell = _shown_cell(notices)
    chart_column, cards_column = st.columns([2, 3], gap="medium")
    with chart_column:
        counts = pair.counts
        matrix = np.array(
            [
                [counts["both-right"], counts["second-wrong"]],
                [counts["first-wrong"], counts["both-wrong"]],
            ]
        )
        is_wrong = CELLS[cell]
        live_chart(
            agreement_figure(
                matrix,
                (first.letter, second.letter),
                (int(is_wrong[0]), int(is_wrong[1])),
                title=f"{len(of_first.true):,} {title} test images",
            ),
            key="agreement",
            alt="; ".join(_cell_words(pair, one, first, second) for one in CELLS)
            + ". The select box after it shows the images of each.",
            on_click=_choose_clicked,
            reveals="compared_images",
        )
    with cards_column, st.container(key="compared_images"):
        st.session_state["compare_images"] = cell
        st.selectbox(
            "Images",
            list(CELLS),
            key="compare_images",
            format_func=lambda one: _cell_words(pair, one, first, second),
            on_change=lambda: address.put({_IMAGES: st.session_state["compare_images"]}),
            help="Which images are shown. A click on a cell of the chart chooses too.",
        )
        _cards(pair, (first, second), cell)


def _cards(pair: Pair, compared: tuple[Compared, Compared], cell: str) -> None:
    if pair.counts[cell] == 0:
        st.markdown("There is not a single one.")
        return
    keys = "_".join(one.choice.key for one in compared)
    try:
        pair_cards(pair, compared, cell, key=f"compared_{keys}_{cell}")
    except data.DatasetNotFound as error:
        st.info(f"To see the images too: {error_text(error)}", icon=":material/image:")
        st.page_link(TRAIN.file, label="Download it on the Train page", icon=TRAIN.icon)
    else:
        st.caption("Press an answer to look inside that network with the image.")


def _shown_cell(notices: DeltaGenerator) -> str:
    known = notice_bad_value(_IMAGES, list(CELLS), notices)
    return (address.get(_IMAGES) if known else None) or next(iter(CELLS))


def _choose_clicked(click: dict[str, Any]) -> None:
    is_wrong = round(click["y"]) == 1, round(click["x"]) == 1
    address.put({_IMAGES: _PLACES[is_wrong]})


def _cell_words(pair: Pair, cell: str, first: Compared, second: Compared) -> str:
    words = {
        "first-wrong": f"Only {first.letter} is wrong",
        "second-wrong": f"Only {second.letter} is wrong",
        "both-wrong": "Both are wrong",
        "both-right": "Both are right",
    }
    return f"{words[cell]}: {pair.counts[cell]:,}"


def _pairs(told: dict[str, Verdicts]) -> None:
    """A table of all pairs of those that have told their answers, by their letters."""
    rows = []
    for first, second in combinations(sorted(told), 2):
        try:
            pair = Pair(told[first], told[second])
        except ValueError:  # said where they are the two that are shown
            continue
        rows.append(_pair_row(first, second, pair))
    if not rows:
        return
    head = ("Pair", "First alone wrong", "Second alone wrong", "Both wrong", "By chance", "Better")
    table("All pairs", head, rows)
    st.caption(
        "By chance: in how many of all tests two that are equally good would differ so much or "
        f"more. Below {100 * LEVEL:.0f} % one of them is called better. Among many pairs one or "
        "the other comes below it by chance alone: with twenty, one."
    )


def _pair_row(first: str, second: str, pair: Pair) -> tuple[str, ...]:
    b, c = pair.counts["first-wrong"], pair.counts["second-wrong"]
    better = "–" if pair.p_value >= LEVEL else first if b < c else second
    counts = [f"{count:,}" for count in (b, c, pair.counts["both-wrong"])]
    return f"{first} and {second}", *counts, chance_text(pair.p_value), better
