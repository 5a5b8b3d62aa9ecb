"""The web app: `streamlit run streamlit_app.py`."""

from pathlib import Path

import streamlit as st

st.set_page_config(
    page_title="scratch-nn",
    page_icon=":material/neurology:",
    layout="wide",
    # An entry here also brings the choice between the light and the dark theme.
    menu_items={"About": "**scratch-nn**: a neural network in nothing but NumPy."},
)

pages = [
    st.Page("pages/home.py", title="Home", icon=":material/home:", default=True),
    *(
        st.Page(f"pages/{name}.py", title=title, icon=icon)
        for name, title, icon in [
            ("train", "Train", ":material/model_training:"),
            ("evaluate", "Evaluate", ":material/grid_on:"),
            ("draw", "Draw", ":material/draw:"),
        ]
        if Path(f"pages/{name}.py").exists()
    ),
]
st.navigation(pages, position="top").run()
