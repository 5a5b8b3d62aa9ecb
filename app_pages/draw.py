"""Draw: write a digit or a number and see what a network reads."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from ui.announcement import announce
from ui.board_marks import board_marks
from ui.correction import correction
from ui.drawing import session_drawing
from ui.drawing_board import NARROWEST, WIDTH, drawing_board
from ui.figures.number import number_figure
from ui.figures.probabilities import probabilities_figure
from ui.figures.thumbnail import framed
from ui.lessons import own_network
from ui.live_chart import live_chart
from ui.models import ModelChoice, load_model, model_select
from ui.reading import reads_numbers, recognise
from ui.seen_image import SIDE, seen_digits, seen_image
from ui.url_text import plain
from ui.verdict import familiar, meaning, verdict

# A text, and in words what it is worth.
Answer = tuple[str, str]

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

# The board takes the width that the chart leaves; where there is no room for both side by side, all
# but a strip in which a finger can scroll. Undo and Clear are for fingers too; the answer's place
# is kept so that the board stays put.
STYLE = f"""<style>
:has(> .st-key-draw) {{ flex: 3 1 {NARROWEST}px; max-width: min({WIDTH}px, 100% - 2.5rem); }}
:has(> .st-key-recognition) {{ flex: 1 1 320px; }}
.st-key-board_buttons button {{ min-height: 2.75rem; }}
@media (pointer: coarse) {{ .st-key-board_buttons kbd {{ display: none; }} }}
.st-key-answer h2 {{ font-size: 3.25rem; line-height: 1.1; padding: 0; }}
.st-key-answer h2, .st-key-answer [data-testid="stText"] {{
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
}}
/* Streamlit's bare plus beside a chosen file is to choose another one instead. */
.st-key-picture button[aria-label="Add files"] {{ width: auto; padding: 0 0.5rem; }}
.st-key-picture button[aria-label="Add files"] > * {{ display: none; }}
.st-key-picture button[aria-label="Add files"]::after {{ content: "Replace"; }}
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
        left = st.container(key="draw")
        right = st.container(key="recognition")
    with left:
        answer_place = st.container(key="answer", height=96, border=False)
        board = board_with_buttons() if source == BOARD else None
        picture = chosen_picture() if source == PICTURE else None
    try:
        # Again for each image: the file of a model in training changes.
        original = load_model(choice)
        network = own_network(choice, original)
        if board:
            characters = session_drawing().characters(several=reads_numbers(network.labels))
            images = [character.image for character in characters]
        else:
            with left:
                images, picture = picture_images(picture, several=reads_numbers(network.labels))
        probabilities = recognise(network, images)
    except ValueError as error:
        right.error(f"This model cannot be used: {plain(str(error))}", icon=":material/error:")
        return
    labels = network.labels
    answers = [labels[best] for best in probabilities.argmax(axis=1)]
    answer = verdict(probabilities, labels, familiar(network, images)) if images else None
    with answer_place:
        say(answer, labels, source)
    if board:
        with board:
            # A single digit is read without a word about where it is.
            several = len(characters) > 1
            board_marks([c.box for c in characters] if several else [], answers)
    with right:
        correction(choice, original, images, answers)
        chart(probabilities, labels, answer)
        st.caption(meaning(network))
        if len(images) > 1:
            seen_digits(images, answers, picture)
        else:
            seen_image(images[0] if images else None, picture)
        announce(spoken(answer), key="spoken_answer")


def chart(probabilities: np.ndarray, labels: list[str], answer: Answer | None) -> None:
    """How probable each class is."""
    if len(probabilities) > 1:
        figure = number_figure(probabilities, labels)
        kind = "Heatmap of the probability of each class, with a row for each digit"
    else:
        figure = probabilities_figure(probabilities[0] if len(probabilities) else None, labels)
        kind = "Bar chart of the probability of each class"
    alt = f"{kind}: {spoken(answer) or 'empty until there is an image.'}"
    live_chart(figure, key="probabilities", alt=alt)


def board_with_buttons() -> DeltaGenerator:
    """The board with its buttons; returns the container of what lies over the board."""
    drawing = session_drawing()
    pen_width = st.session_state.get("pen_width", 20)
    board = drawing_board(
        pen_width,
        label="Drawing board. Draw with mouse, pen or finger. With the keyboard, "
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
        help="For the next strokes. The network sees them all as thick as those of MNIST; a thin "
        "pen leaves more room between the digits of a number.",
    )
    return board


def chosen_picture() -> np.ndarray | None:
    """The upload; returns the visitor's picture as RGBA."""
    upload = st.file_uploader(
        "A photo or drawing of a digit or a number",
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


def picture_images(
    picture: np.ndarray | None, *, several: bool
) -> tuple[list[np.ndarray], np.ndarray | None]:
    """What the network sees of a picture, with a word where that is nothing; and the picture with
    a frame around each digit."""
    if picture is None:
        return [], None
    try:
        digits = data.find_digits(picture, several=several)
    except data.NoDigit as reason:
        st.warning(NOTHING_FOUND[reason.reason], icon=":material/crop_free:")
        return [], picture
    frames = framed(picture, [digit.box for digit in digits], 2 * SIDE)
    return [digit.image for digit in digits], frames


def say(answer: Answer | None, labels: list[str], source: str) -> None:
    if answer:
        text, worth = answer
        st.header(plain(text), anchor=False)
        st.text(worth)
    elif source == BOARD:
        number = ", or a number" if reads_numbers(labels) else ""
        st.markdown(
            f"**Draw {plain(described(labels))}{number}** below with mouse, pen or finger, "
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


def spoken(answer: Answer | None) -> str:
    """The answer in words, empty without one."""
    return ", ".join(answer) if answer else ""


page()
