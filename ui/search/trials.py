"""The trials of a search: the best one and where to go with it, a table, and each one's pages."""

from dataclasses import replace
from typing import Any

import streamlit as st

import nn
from nn.runs.reader import MODEL
from nn.search import Search, Trial, best_config
from ui.runs.jobs import jobs
from ui.runs.rights import start_own
from ui.runs.spare_trials import KEPT_BEST
from ui.search import text
from ui.search.actions import SEARCH_KEY
from ui.search.form import MOST_EPOCHS
from ui.search.rows import value_words
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.links import action_link, link_row
from ui.shared.operator_settings import KEPT_RUNS, operator_setting
from ui.shared.pages import DRAW, EVALUATE, INSIDE, TRAIN
from ui.shared.url_text import plain
from ui.train.settings_panel import choose_config

COMPARED = 3
"""So many of the best trials are put beside each other."""
_CHOSEN = "search_trial"


def best_steps(search: Search) -> None:
    """Draw what the best trial is, and where to go with it; nothing as long as there is none."""
    best = search.best
    if best is None:
        return
    st.markdown(
        f":material/trophy: The best: **{text.trial_name(best)}**, "
        f"{text.measure(search).lower()} **{text.value_text(search, best.value)}** · "
        f"{plain(text.params_text(best.params))}"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="search_best_steps"):
        config = best_config(search)
        if config is not None:
            _train_best(search, config)
        ids = [trial.run_id for trial in search.ranking[:COMPARED] if _is_here(search, trial)]
        compared = st.button(
            f"Compare the best {'two' if len(ids) == 2 else 'three'}",
            icon=":material/compare_arrows:",
            disabled=len(ids) < 2,
            help="Their curves, settings and mistakes beside each other.",
        )
        listed = st.button(
            "In the list of runs",
            icon=":material/table_chart:",
            help="All trials of this search, in the table of all runs.",
        )
    if compared:
        address.put({"view": "compare", "compare": ",".join(ids), SEARCH_KEY: None})
        st.rerun()  # the whole page, of which this is a fragment
    if listed:
        address.put({"view": None, "search_of": search.id, SEARCH_KEY: None})
        st.rerun()


def _train_best(search: Search, config: nn.TrainingConfig) -> None:
    """Draw what trains a network with the best settings, exactly those, and all images."""
    epochs = st.number_input(
        "Epochs",
        1,
        value=min(config.epochs, MOST_EPOCHS),
        key=f"search_best_epochs_{search.id}",
        help="How often it goes through the images: often more is better than in a trial.",
        width=120,
    )
    pressed = st.button(
        "Train the best on everything",
        icon=TRAIN.icon,
        key="search_train_best",
        help="Start a training with exactly these settings, on all training images: none are kept "
        "aside any more.",
        disabled=epochs > MOST_EPOCHS,
    )
    if epochs > MOST_EPOCHS:
        st.caption(f":red[:material/error: At most {MOST_EPOCHS} epochs.]")
    if not pressed:
        return
    warmup = min(config.warmup_epochs, epochs)
    config = replace(config, epochs=epochs, warmup_epochs=warmup)
    try:
        run_id = start_own(config)
    except (OSError, ValueError) as error:
        st.error(f"The training could not be started. {error_text(error)}")
    else:
        choose_config(config)  # the form there is to be that of the training
        st.switch_page(TRAIN.file, query_params={"run": run_id})


def trials(search: Search) -> None:
    """Draw the table of all trials, and the pages of one that is chosen."""
    st.markdown("**All trials**")
    st.dataframe(
        [_row(search, trial) for trial in search.trials],
        hide_index=True,
        key="search_trials",
        column_config={
            "Trial": st.column_config.NumberColumn(width="small"),
            "Seconds": st.column_config.NumberColumn(format="plain"),
            "Epochs": st.column_config.NumberColumn(format="plain"),
            "Validation loss": st.column_config.NumberColumn(format="%.4f"),
            "Validation accuracy": st.column_config.NumberColumn(format="%.2f %%"),
        },
        placeholder="–",
    )
    gone = text.count_gone(search)
    if gone:
        st.caption(
            f"{gone} of these trials can't be opened any more, as newer trainings needed their "
            f"place or somebody deleted them. This server keeps {operator_setting(KEPT_RUNS)} "
            f"trainings, and all but the best {KEPT_BEST} trials of a search go first; those that "
            "you pin in the list of runs stay."
        )
    by_number = {trial.number: trial for trial in search.trials}
    key, best = f"{_CHOSEN}_{search.id}", search.best
    if key not in st.session_state or not st.session_state.get(f"{key}_by_hand"):
        st.session_state[key] = None if best is None else best.number
    chosen = st.selectbox(
        "Open a trial",
        list(by_number),
        index=None,
        key=key,
        format_func=lambda number: _line(search, by_number[number]),
        placeholder="Choose one",
        help="Each trial is a training like any other: all pages show it. As long as you choose "
        "none, this is the best one.",
        on_change=_chosen_by_hand,
        args=(key,),
    )
    if chosen is not None and chosen in by_number:
        _links(search, by_number[chosen])


def _chosen_by_hand(key: str) -> None:
    """What somebody has chosen stays, whichever becomes the best."""
    st.session_state[f"{key}_by_hand"] = True


def _row(search: Search, trial: Trial) -> dict[str, Any]:
    params = {
        text.label(part.name): value_words(part.name, _value(trial.params.get(part.name)))
        for part in search.settings.space
    }
    share = trial.val_accuracy
    return {
        "Trial": trial.number + 1,
        "State": text.state_words(trial),
        **params,
        "Validation loss": trial.val_loss,
        "Validation accuracy": None if share is None else 100 * share,
        "Epochs": None if trial.epochs is None else round(trial.epochs, 1),
        "Seconds": None if trial.seconds is None else _seconds(trial.seconds),
        "What went wrong": trial.message or "",
    }


def _seconds(seconds: float) -> float:
    """With three digits that count: small networks take a hundredth of one."""
    return round(seconds) if seconds >= 100 else float(f"{seconds:.3g}")


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _line(search: Search, trial: Trial) -> str:
    reached = text.value_text(search, trial.value)
    parts = [text.trial_name(trial).capitalize(), text.state_words(trial), reached]
    return f"{' · '.join(parts)} · {text.params_text(trial.params)}"


def _is_here(search: Search, trial: Trial) -> bool:
    """Whether a trial's run is still here, with a network."""
    return (search.run_folder(trial.run_id) / MODEL).is_file()


def _links(search: Search, trial: Trial) -> None:
    """Links to the pages that show a trial."""
    if not trial.run_id:
        st.caption(f"It was not trained: {plain(trial.message or '')}")
        return
    state = jobs().state(trial.run_id)
    if state is None:
        st.caption("This training is not here any more: old ones go when there is no more room.")
        return
    has_model = state.run.model_path.is_file()
    pages = (
        (TRAIN, "Its curves", {"run": trial.run_id}, "Its curves and numbers."),
        (EVALUATE, "Its mistakes", {"model": trial.run_id}, "Which digits it takes for which."),
        (DRAW, "Draw for it", {"model": trial.run_id}, "Let it read your handwriting."),
        (INSIDE, "Look inside it", {"model": trial.run_id}, "What it does, number by number."),
    )
    with link_row("trial"):
        for page, label, parameters, help in pages:
            action_link(
                page,
                label=label,
                query_params=parameters,
                help=help,
                disabled=page is not TRAIN and not has_model,
            )
