"""A page with nothing but the settings of the Train page."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

import nn


def panel_page() -> None:
    import streamlit as st

    from ui.settings.settings import SETTINGS
    from ui.train import settings_panel

    settings_panel.check_url()
    settings_panel.follow_dataset()
    settings_panel.show_notices()
    presets = st.container()
    panel = settings_panel.Panel()
    panel.draw(*SETTINGS)
    with presets:
        panel.draw_presets()
    try:
        st.json(panel.config().to_dict())
    except ValueError as error:
        st.text(f"refused: {error}")
        st.error(str(error))


def open_page(**parameters: Any) -> AppTest:
    page = AppTest.from_function(panel_page)
    for name, value in parameters.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def config_of(page: AppTest) -> nn.TrainingConfig:
    assert page.json, [text.value for text in page.text]
    return nn.TrainingConfig.from_dict(json.loads(page.json[0].value))
