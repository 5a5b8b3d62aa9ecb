"""Which images a model is asked about: a dataset, and its test or training part.

Both stand in the URL (`?data=`, `?part=`), so that a link opens the same ones.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from ui.evaluate.chosen_cell import PREDICTED, TRUE
from ui.evaluate.evaluation import PARTS, Part
from ui.models.model_choice import ModelChoice
from ui.shared import address
from ui.shared.link_notice import notice_bad_value

_DATA, _PART = "data", "part"
_PART_BOX_KEY = "evaluate_part"

# As high as the boxes beside it.
_STYLE = "<style>.st-key-evaluate_part [role=radio] { min-height: 2.5rem; }</style>"


def data_select(choice: ModelChoice, notices: DeltaGenerator) -> str:
    """Select box over the datasets that are here, the model's own one first; returns its name.

    `notices` is the container for a notice about a dataset in the URL that is not here.
    """
    titles = [data.DATASETS[name].title for name in data_choices(choice)]
    st.session_state[_DATA] = _asked(_DATA, titles, notices)
    title = st.selectbox(
        "Data",
        titles,
        key=_DATA,
        on_change=_choose,
        args=(_DATA, _DATA),
        help="Which images the model is asked about: its own data first, then what else is on "
        "this computer.",
    )
    return next(name for name, info in data.DATASETS.items() if info.title == title)


def data_choices(choice: ModelChoice) -> list[str]:
    """Names of the datasets a model can be shown on here and now, its own one first.

    Its own one (MNIST, where its file names none) is always in the list, so that a page can say
    what is missing.
    """
    own = choice.dataset if choice.dataset in data.DATASETS else "mnist"
    return [own, *(name for name in data.DATASETS if name != own and data.is_available(name))]


def part_select(notices: DeltaGenerator) -> Part:
    """Choice between the test and the training images; `notices` as in `data_select`."""
    words = list(PARTS.values())
    st.session_state[_PART_BOX_KEY] = _asked(_PART, words, notices)
    st.html(_STYLE)
    chosen = st.segmented_control(
        "Images",
        words,
        key=_PART_BOX_KEY,
        format_func=str.capitalize,
        required=True,
        on_change=_choose,
        args=(_PART, _PART_BOX_KEY),
        width="stretch",
        help="Test images were kept aside and show how well the model does on new ones. Training "
        "images are those it learned from.",
    )
    return next(part for part, word in PARTS.items() if word == chosen)


def begin_with_own_data(choice: ModelChoice) -> None:
    """Another model was chosen: it is shown on its own test images, and the cell of the matrix
    stays, for comparison, where these are the images that were shown before."""
    before = st.session_state[_DATA], st.session_state[_PART_BOX_KEY]
    same = before == (data.DATASETS[data_choices(choice)[0]].title, PARTS["test"])
    cell = {name: st.session_state.get(name) if same else None for name in (TRUE, PREDICTED)}
    address.put({_DATA: None, _PART: None} | cell)


def _asked(name: str, allowed: list[str], notices: DeltaGenerator) -> str:
    """What the URL asks for, the first of `allowed` if that is nothing of these."""
    known = notice_bad_value(name, allowed, notices)
    return (address.get(name) if known else None) or allowed[0]


def _choose(name: str, box_key: str) -> None:
    """The visitor has chosen: with other images the cell of the matrix is another one too."""
    address.put({name: st.session_state[box_key], TRUE: None, PREDICTED: None})
