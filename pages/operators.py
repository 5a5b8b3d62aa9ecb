"""Operators: all trainings and the line, for whoever knows the secret the app was started with."""

import streamlit as st

from ui.runs.operator import is_operator, sign_in, sign_out
from ui.runs.visitor import remember_browser
from ui.server.health import server_figures, server_troubles
from ui.shared.operator_secret import operator_secret
from ui.shared.pages import through_app
from ui.train.all_runs import all_runs


def page() -> None:
    if operator_secret() is None:  # where there is none, the menu doesn't lead here either
        st.stop()
    st.title("Operator")
    if is_operator():
        st.markdown(
            "All trainings of this server. On **Train** you steer each of them as its owner does."
        )
        server_figures()
        all_runs()
        server_troubles()
        st.button(
            "Sign out",
            icon=":material/logout:",
            help="Make this browser one like all others.",
            on_click=sign_out,
        )
    else:
        entrance()
    remember_browser()


def entrance() -> None:
    st.markdown("Whoever knows the operator's secret sees and steers all trainings here.")
    with st.form("operator_entrance", width=420):
        secret = st.text_input(
            "Secret",
            type="password",
            autocomplete="current-password",
            help="The operator's secret is set where this app is started.",
        )
        if st.form_submit_button("Sign in", help="For twelve hours, in this browser alone."):
            problem = sign_in(secret)
            if problem is None:
                st.rerun()
            st.error(problem, icon=":material/lock:")


through_app()
page()
