"""The images of a search that are not on this computer: said, with the way to get them."""

import streamlit as st

import data
from ui.shared.links import action_link
from ui.shared.pages import TRAIN


def say_missing(dataset: str) -> bool:
    """Say so if a dataset is not here, with a link to where it is downloaded; whether it is
    missing."""
    info = data.DATASETS.get(dataset)
    if info is None or data.is_available(dataset):
        return False
    st.info(
        f"**{info.title}** is not on this computer yet, and so no trial can learn from it.",
        icon=":material/cloud_download:",
    )
    action_link(
        TRAIN,
        label=f"Get {info.title}",
        query_params={"dataset": info.title},
        help="The Train page downloads it; come back here then.",
    )
    return True
