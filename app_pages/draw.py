"""Draw: write a digit and see what a network reads."""

import numpy as np
import streamlit as st

import data
from ui.announcement import announce
from ui.drawing import answer, recognise, session_drawing
from ui.drawing_board import SIZE, drawing_board
from ui.figures.probabilities import probabilities_figure
from ui.figures.thumbnail import framed
from ui.live_chart import live_chart
from ui.models import ModelChoice, load_model, model_select
from ui.seen_image import SIDE, seen_image
from ui.url_text import plain

BOARD = "By hand"
PICTURE = "From a file"
PICTURE_TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]

NOTHING_FOUND = {
    "empty": "There is nothing on this picture that could be a digit. If there should be, a darker "
    "pen or a photo from closer up will help.",
    "faint": "Nothing on this picture stands out from its background. A darker pen, more light or "
    "a photo from closer up will help.",
    "scattered": "There is too much on this picture to tell which of it is a digit. Plain paper "
    "with nothing else on it, or a photo from closer up, will help.",
}

# Undo and Clear are for fingers too; the answer's place is kept so that the board stays put.
STYLE = """<style>
.st-key-board_buttons button { min-height: 2.75rem; }
@media (pointer: coarse) { .st-key-board_buttons kbd { display: none; } }
.st-key-answer h2 { font-size: 3.25rem; line-height: 1.1; padding: 0; }
.st-key-answer h2, .st-key-answer [data-testid="stText"] { white-space: nowrap; }
/* Streamlit's bare plus beside a chosen file is to choose another one instead. */
.st-key-picture button[aria-label="Add files"] { width: auto; padding: 0 0.5rem; }
.st-key-picture button[aria-label="Add files"] > * { display: none; }
.st-key-picture button[aria-label="Add files"]::after { content: "Replace"; }
</style>"""


def page() -> None:
    st.html(STYLE)
    notices = st.container()
    recognition = st.container()
    choice = model_select(notices=notices)
    if choice is None:
        recognition.title("Draw")
        return
    with recognition:
        draw_and_recognise(choice)


@st.fragment
def draw_and_recognise(choice: ModelChoice) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title("Draw", width="content")
        source = st.segmented_control(
            "Where the image comes from",
            [BOARD, PICTURE],
            default=BOARD,
            required=True,
            key="image_source",
            persist_state="session",
            label_visibility="collapsed",
            help="Draw with mouse, pen or finger, or choose a photo or drawing from your files, "
            "which works with the keyboard too.",
        )
    with st.container(horizontal=True, gap="large"):
        left = st.container(width=SIZE)
        right = st.container(key="recognition")
    with left:
        answer_place = st.container(key="answer", height=96, border=False)
        picture = chosen_picture() if source == PICTURE else None
        if source == PICTURE:
            image, picture = picture_image(picture)
        else:
            image = board_image()
    try:
        # Again for each image: the file of a model in training changes.
        network = load_model(choice)
        probabilities = recognise(network, image)
    except ValueError as error:
        right.error(f"This model cannot be used: {plain(str(error))}", icon=":material/error:")
        return
    labels = network.labels
    with answer_place:
        say(probabilities, labels, source)
    with right:
        live_chart(
            probabilities_figure(probabilities, labels),
            key="probabilities",
            alt=describe(probabilities, labels),
        )
        st.caption(
            "The network must choose one of these, even for something that is none of them, and "
            "may sound very sure of it."
        )
        seen_image(image, picture)
        announce(spoken(probabilities, labels), key="spoken_answer")


def board_image() -> np.ndarray | None:
    """The board with its buttons; returns what the network sees of it."""
    drawing = session_drawing()
    pen_width = st.session_state.get("pen_width", 20)
    drawing_board(
        pen_width,
        label="Drawing board. Draw one character with mouse, pen or finger. With the keyboard, "
        f"choose “{PICTURE}” above and a picture instead.",
    )
    with st.container(horizontal=True, key="board_buttons"):
        st.button(
            "Undo",
            icon=":material/undo:",
            on_click=drawing.undo,
            disabled=not drawing.strokes,
            shortcut="Ctrl+Z",
            help="Take the last stroke away.",
        )
        st.button(
            "Clear",
            icon=":material/delete:",
            on_click=drawing.clear,
            disabled=not drawing.strokes,
            help="Take all strokes away.",
        )
    st.slider(
        "Pen width",
        8,
        40,
        20,
        step=2,
        format="%d px",
        key="pen_width",
        persist_state="session",
        help="For the next strokes. Digits in MNIST are drawn with a pen of about 20 px.",
    )
    return drawing.image


def chosen_picture() -> np.ndarray | None:
    """The upload; returns the visitor's picture as RGBA."""
    upload = st.file_uploader(
        "A photo or drawing of one character",
        type=PICTURE_TYPES,
        key="picture",
        help="With any pen on any paper, or a screenshot. Shadows, printed lines and specks are "
        "left out. It stays in the memory of this app and is gone when you leave the page.",
    )
    if upload is None:
        return None
    try:
        return data.read_image(upload.getvalue())
    except ValueError as error:
        st.error(f"This cannot be used: {error}.", icon=":material/broken_image:")
        return None


def picture_image(
    picture: np.ndarray | None,
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """What the network sees of a picture, with a word where that is nothing; and the picture with
    a frame around it."""
    if picture is None:
        return None, None
    try:
        digits = data.find_digits(picture)
    except data.NoDigit as reason:
        st.warning(NOTHING_FOUND[reason.reason], icon=":material/crop_free:")
        return None, picture
    digit = max(digits, key=lambda digit: digit.box.size)
    return digit.image, framed(picture, [digit.box], 2 * SIDE)


def say(probabilities: np.ndarray | None, labels: list[str], source: str) -> None:
    if probabilities is not None:
        label, sure = answer(probabilities, labels)
        st.header(plain(label), anchor=False)
        st.text(sure)
    elif source == BOARD:
        st.markdown(
            f"**Draw {plain(described(labels))}** below with mouse, pen or finger, "
            f"or choose **{PICTURE}**."
        )
    else:
        st.markdown(f"**Choose a picture** of {plain(described(labels))}.")


def described(labels: list[str]) -> str:
    """What can be drawn for a model with these labels."""
    if all(len(label) == 1 for label in labels):
        kind = "digit" if all(label.isdigit() for label in labels) else "character"
        return f"a {kind} from {labels[0]} to {labels[-1]}"
    return "one of the chart’s classes"


def describe(probabilities: np.ndarray | None, labels: list[str]) -> str:
    spoken_answer = spoken(probabilities, labels) or "empty until there is an image."
    return f"Bar chart of the probability of each class: {spoken_answer}"


def spoken(probabilities: np.ndarray | None, labels: list[str]) -> str:
    """The answer in words, empty without one."""
    return "" if probabilities is None else ", ".join(answer(probabilities, labels))


page()
