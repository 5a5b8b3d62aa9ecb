"""An app with one of each that a visitor may meet."""

import time

import streamlit as st

_said = st.components.v2.component("said", js="export default () => {}")
COUNTS = st.session_state.setdefault("counts", {"page": 0, "timer": 0, "part": 0})


@st.fragment(run_every=0.05)
def timer() -> None:
    COUNTS["timer"] += 1
    st.text(f"timer {COUNTS['timer']}")


@st.fragment
def part() -> None:
    COUNTS["part"] += 1
    st.text(f"part {COUNTS['part']}, page {COUNTS['page']}")
    st.button("Part")
    _said(key="said", on_word_change=lambda: None, on_state_change=lambda: None)
    words = st.session_state["said"]
    st.text(f"said {words.get('word')}, stands {words.get('state')}")


def first() -> None:
    COUNTS["page"] += 1
    st.text("x" * 20_000)  # so long that a browser keeps it
    size = st.slider("Size", 0, 10, 3, key="size")
    st.text(f"size {size}")
    with st.form("form"):
        name = st.text_input("Name")
        st.form_submit_button("Send")
    st.text(f"name {name}")
    st.button("Larger", on_click=lambda: st.session_state.update(size=9))
    file = st.file_uploader("File")
    st.text(f"file {file.name} {file.read()!r}" if file else "no file")
    st.text(f"from {st.context.headers.get('X-Forwarded-For')}")
    st.text(f"crumb {st.context.cookies.get('crumb')}, query {st.query_params.get('a')}")
    if st.toggle("More"):
        st.text("more")
        timer()
    part()
    if st.button("Fail"):
        raise RuntimeError("it has failed")


def second() -> None:
    st.text("second page")


def slow() -> None:
    time.sleep(0.2)
    st.text("slow page")


first_page = st.Page(first, url_path="first", default=True)
others = [st.Page(page, url_path=page.__name__) for page in (second, slow)]
st.navigation([first_page, *others]).run()
