"""Draw: write a digit and see what a network reads."""

import numpy as np
import streamlit as st

import data
from ui.announcement import announce
from ui.correction import correction
from ui.drawing import recognise, session_drawing
from ui.drawing_board import SIZE, drawing_board
from ui.figures.probabilities import probabilities_figure
from ui.lessons import own_network
from ui.live_chart import live_chart
from ui.models import ModelChoice, load_model, model_select
from ui.seen_image import seen_image
from ui.url_text import plain
from ui.verdict import familiar, meaning, verdict

BOARD = "By hand"
PICTURE = "From a file"
PICTURE_TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]

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
        image = picture_image(picture) if source == PICTURE else board_image()
    try:
        # Again for each image: the file of a model in training changes.
        original = load_model(choice)
        network = own_network(choice, original)
        probabilities = recognise(network, image)
    except ValueError as error:
        right.error(f"This model cannot be used: {plain(str(error))}", icon=":material/error:")
        return
    labels = network.labels
    images = [] if image is None else [image]
    answer = None
    if probabilities is not None:
        answer = verdict(probabilities[np.newaxis], labels, familiar(network, images))
    with answer_place:
        say(answer, labels, source)
    with right:
        answers = [] if probabilities is None else [labels[int(probabilities.argmax())]]
        correction(choice, original, images, answers)
        live_chart(
            probabilities_figure(probabilities, labels),
            key="probabilities",
            alt=describe(answer),
        )
        st.caption(meaning(network))
        seen_image(image, picture)
        announce(spoken(answer), key="spoken_answer")


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
        help="Dark on light or light on dark, with nothing else on it. It stays in the memory of "
        "this app and is gone when you leave the page.",
    )
    if upload is None:
        return None
    try:
        return data.read_image(upload.getvalue())
    except ValueError as error:
        st.error(f"This cannot be used: {error}.", icon=":material/broken_image:")
        return None


def picture_image(picture: np.ndarray | None) -> np.ndarray | None:
    """What the network sees of a picture, with a word where that is nothing."""
    if picture is None:
        return None
    image = data.to_mnist(picture)
    if image is None:
        st.warning("There is nothing on this picture.", icon=":material/crop_free:")
    return image


def say(answer: tuple[str, str] | None, labels: list[str], source: str) -> None:
    if answer:
        text, worth = answer
        st.header(plain(text), anchor=False)
        st.text(worth)
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


def describe(answer: tuple[str, str] | None) -> str:
    spoken_answer = spoken(answer) or "empty until there is an image."
    return f"Bar chart of the probability of each class: {spoken_answer}"


def spoken(answer: tuple[str, str] | None) -> str:
    """The answer in words, empty without one."""
    return ", ".join(answer) if answer else ""


page()
