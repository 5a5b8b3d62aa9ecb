"""Train: choose data, network and settings, press Start, watch it learn."""

from collections.abc import Collection

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nn
from ui.components.kept_focus import keep_focus
from ui.components.pressed import watch_presses
from ui.runs import rights, shown_run
from ui.runs.jobs import jobs
from ui.runs.looked_at import looks_at
from ui.runs.state import RunState
from ui.runs.text import one_line_each
from ui.runs.visitor import remember_browser
from ui.settings.augmentation import AUGMENTATION
from ui.settings.network_size import count_parameters, network_layers
from ui.settings.settings import FIRST, MORE
from ui.shared.counted import counted
from ui.shared.error_text import error_text
from ui.shared.operator_secret import operator_secret
from ui.shared.pages import OPERATOR, through_app
from ui.shared.tally import Trouble, note
from ui.shared.url_text import quote
from ui.train import augmentation_preview, dataset_view, run_settings, settings_panel
from ui.train.line_view import joining_text, placed_text
from ui.train.own_runs import own_runs
from ui.train.page_layout import mark_refused, page_layout
from ui.train.projector import is_projected, projector_layout, projector_switch
from ui.train.run_view import run_view
from ui.train.share import share
from ui.train.what_goes_wrong import what_goes_wrong

RECENT_KEY = "recent_run"
SETTINGS_ANCHOR = "settings"
START, JOIN_LINE = "Start training", "Train with these settings next"


def page() -> None:
    title = st.container(key="train_title", horizontal=True, horizontal_alignment="distribute")
    title.title("Train", anchor=False, width="content")
    dataset_view.note_choice()
    settings_panel.check_url()
    run_id = shown_run.current_run()
    state = jobs().state(run_id) if run_id is not None else None
    looks_at(None if state is None else state.run.id, "run")
    if state is not None:
        run_settings.follow_run(state.run)
    with title:
        projector_switch()
    dataset_view.choose_arrived()
    settings_panel.follow_dataset()
    if run_id is None:  # whoever follows a link to a run has come to watch
        dataset_view.fetch_mnist()
    joining = joining_text()
    settings_panel.show_notices()
    link_notices(run_id, state)
    watch_presses()
    keep_focus("run_top")
    page_layout(has_run=state is not None)
    if is_projected():
        projector_layout()
    # In the order of the keyboard: the settings before the charts with their tools.
    with st.container(key="train_page"):
        presets = st.container(key="train_presets")
        left = st.container(key="train_settings")
        right = st.container(key="train_run")
    with left:
        heading = st.container(
            horizontal=True, vertical_alignment="center", gap="small", key="settings_heading"
        )
        config, here = settings(presets, state, joining)
    with heading:
        words = "Settings" if state is None else "Next training"
        st.subheader(words, anchor=SETTINGS_ANCHOR, width="content")
        if state is not None:
            same = run_settings.are_of_run(config, state.run)
            st.caption(f"{'' if same else 'not '}the settings of the training shown")
    if state is not None:
        way_to_settings(presets)
    with right:
        run_view(state, joining, lambda joining: start(config, here, joining))
        share(None if state is None else state.run.id)
        own_runs(None if state is None else state.run.id)
        other_runs(state)
        joins = state is not None and state.is_moving and rights.steers(state.run.id)
        what_goes_wrong(SETTINGS_ANCHOR, JOIN_LINE if joins else START)
        if operator_secret() is not None:
            st.page_link(
                OPERATOR.file,
                label="For the operator",
                icon=OPERATOR.icon,
                help="All trainings and the line, for whoever knows the operator's secret.",
            )
    remember_browser()


def way_to_settings(place: DeltaGenerator) -> None:
    """On a phone they stand below the charts of a run."""
    with place, st.container(key="way_to_settings"):
        st.html(f'<a href="#{SETTINGS_ANCHOR}">Settings of the next training</a>')


def link_notices(run_id: str | None, state: RunState | None) -> None:
    if run_id is not None and state is None:
        name = quote(run_id) if run_id.strip() else "with an empty name"
        st.warning(
            f"There is no training {name} here (any more). "
            "You can start a new one, or open an earlier one below.",
            icon=":material/link_off:",
        )
    elif run_id and shown_run.has_wrong_token(run_id):
        st.warning(
            "The token in the link does not belong to this training: you can watch it, not "
            "steer it.",
            icon=":material/link_off:",
        )


def settings(
    presets: DeltaGenerator, state: RunState | None, joining: str | None
) -> tuple[nn.TrainingConfig | None, bool]:
    """The settings, None if they don't fit; and whether the dataset is on this computer."""
    panel = settings_panel.Panel()
    dataset, hidden, *others = FIRST
    panel.draw(dataset)
    here = dataset_view.dataset_note(panel.dataset)
    panel.draw(hidden, *others)
    with st.expander("More settings", icon=":material/tune:"):
        panel.draw(*MORE)
    augmentation(panel, here)
    with presets:
        panel.draw_presets()
    # Below all settings, where nothing moves with it, and always in sight.
    with st.container(key="settings_outcome"):
        config = outcome(panel)
        if state is not None and state.is_moving and rights.steers(state.run.id):
            join_line(config, here, joining)  # the controls of the run are where Start would be
    return config, here


def outcome(panel: settings_panel.Panel) -> nn.TrainingConfig | None:
    """Say what the settings amount to, or which of them don't fit."""
    try:
        config = panel.config()
        expected = jobs().check(config)  # a training that ended meanwhile may have made it too much
    except ValueError as words:
        st.error(str(words), icon=":material/error:")
        mark_refused(panel.refused)
        return None
    sizes = " → ".join(nn.layer_sizes(network_layers(config)))
    if config.ensemble > 1:
        sizes = f"{config.ensemble} × ({sizes})"
    st.caption(
        f"{sizes}: **{count_parameters(config):,} parameters**  \n"
        f"The training will take {expected.words}."
    )
    if config.convolutions:
        filters = config.convolutions[0]
        st.caption(
            f"{filters}C5: a convolution with {counted(filters, 'filter')} of 5 × 5 weights."
        )
    return config


def augmentation(panel: settings_panel.Panel, here: bool) -> None:
    # Told when it is opened: closed, the preview costs nothing.
    group = st.expander(
        "Augmentation", icon=":material/gesture:", key="augmentation_group", on_change="rerun"
    )
    with group:
        st.caption(
            "Here images can be turned, moved or bent a little each time the network sees them, at "
            "random. So it learns the shapes and not the images by heart."
        )
        preview = st.container()  # above its sliders, and in sight while they move
        panel.draw(*AUGMENTATION)
    if group.open:
        with preview:
            augmentation_preview.preview(panel.dataset, panel.augmentation, here)


def start(config: nn.TrainingConfig | None, here: bool, joining: str | None) -> None:
    pressed = st.button(
        START,
        key="start",  # whatever the help says at the moment of the click
        type="primary",
        icon=":material/play_arrow:",
        disabled=config is None or not here,
        help=_start_help(config, here) or joining or "Train a new network with these settings.",
    )
    run_id = begin(config) if pressed and config is not None else None
    if run_id is not None:
        shown_run.show_run(run_id)
        st.rerun()


def join_line(config: nn.TrainingConfig | None, here: bool, joining: str | None) -> None:
    pressed = st.button(
        JOIN_LINE,
        key="join_line",
        icon=":material/playlist_add:",
        disabled=config is None or not here,
        help=_start_help(config, here) or joining or "Another training beside this one.",
    )
    run_id = begin(config) if pressed and config is not None else None
    if run_id is not None:
        st.toast(placed_text(run_id), icon=":material/check:")


def _start_help(config: nn.TrainingConfig | None, here: bool) -> str | None:
    """Why there is nothing to start; None if there is something."""
    if not here:
        return "Download the dataset first, or choose one that is here."
    if config is None:
        return "One of the settings has to be changed first; it says how."
    return None


def begin(config: nn.TrainingConfig) -> str | None:
    try:
        return rights.start_own(config)
    except (ValueError, OSError) as error:
        why = error_text(error)
        note(Trouble.START, why)
        st.error(f"The training could not be started. {why}", icon=":material/error:")
        return None


def other_runs(state: RunState | None) -> None:
    others = one_line_each(
        [other for other in jobs().recent() if state is None or other.run.id != state.run.id]
    )
    if not others:
        return
    st.session_state[RECENT_KEY] = None
    st.selectbox(
        "Open another training",
        list(others),
        key=RECENT_KEY,
        index=None,
        format_func=lambda run_id: others[run_id],
        placeholder="The newest first",
        help="Trainings started here or in a terminal. You can watch all of them and control "
        "your own.",
        on_change=open_run,
        args=(list(others),),
    )


def open_run(others: Collection[str]) -> None:
    run_id = st.session_state[RECENT_KEY]
    if run_id in others:  # else the browser said a line that has just changed
        shown_run.show_run(run_id)


through_app()
page()
