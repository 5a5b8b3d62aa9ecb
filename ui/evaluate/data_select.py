"""Which images a model is asked about: a dataset, and its test or training part.

Both stand in the URL (`?data=`, `?part=`), so that a link opens the same ones.
"""

import streamlit as st

import data
from ui.evaluate.evaluation import PARTS, Part
from ui.evaluate.link_notice import notice_bad_value
from ui.models.model_choice import ModelChoice

_DATA_KEY = "data"
_PART_KEY = "part"
_MODEL_KEY = "evaluate_model"
_PART_BOX_KEY = "evaluate_part"

# As high as the boxes beside it.
_STYLE = "<style>.st-key-evaluate_part [role=radio] { min-height: 2.5rem; }</style>"


def data_select(choice: ModelChoice) -> str:
    """Select box over the datasets that are here; another model starts with its own data."""
    titles = [data.DATASETS[name].title for name in data_choices(choice)]
    if st.session_state.get(_MODEL_KEY, choice.key) != choice.key:
        st.session_state[_DATA_KEY] = titles[0]
        st.query_params.pop(_PART_KEY, None)
    st.session_state[_MODEL_KEY] = choice.key
    notice_bad_value(_DATA_KEY, titles)
    title = st.selectbox(
        "Data",
        titles,
        key=_DATA_KEY,
        bind="query-params",
        help="Which images the model is asked about: its own data first, then what else is on "
        "this machine.",
    )
    return next(name for name, info in data.DATASETS.items() if info.title == title)


def data_choices(choice: ModelChoice) -> list[str]:
    """Names of the datasets a model can be shown on here and now, its own one first.

    Its own one (MNIST, where its file names none) is always in the list, so that a page can say
    what is missing.
    """
    own = choice.dataset if choice.dataset in data.DATASETS else "mnist"
    return [own, *(name for name in data.DATASETS if name != own and data.is_available(name))]


def part_select() -> Part:
    """Choice between the test and the training images."""
    words = list(PARTS.values())
    notice_bad_value(_PART_KEY, words)
    # Not bound to the URL, where a widget writes its options as it shows them.
    asked = st.query_params.get(_PART_KEY)
    if asked not in words:
        asked = PARTS["test"]
        st.query_params.pop(_PART_KEY, None)
    st.session_state[_PART_BOX_KEY] = asked
    st.html(_STYLE)
    chosen = st.segmented_control(
        "Images",
        words,
        key=_PART_BOX_KEY,
        format_func=str.capitalize,
        required=True,
        on_change=_put_part_into_url,
        width="stretch",
        help="Test images were kept aside and show how well the model does on new ones. Training "
        "images are those it learned from.",
    )
    return next(part for part, word in PARTS.items() if word == chosen)


def _put_part_into_url() -> None:
    st.query_params[_PART_KEY] = st.session_state[_PART_BOX_KEY]
