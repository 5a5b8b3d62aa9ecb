"""Draw: write a digit or a number and see what a network reads."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nn
from ui.components.announcement import announce
from ui.components.live_chart import live_chart
from ui.draw.board_marks import board_marks
from ui.draw.correction import correction
from ui.draw.drawing import Writing, session_drawing
from ui.draw.drawing_board import NARROWEST, WIDTH, drawing_board
from ui.draw.lesson_report import lesson_report
from ui.draw.lessons import own_network
from ui.draw.picture import NOTHING, SHOWN_SIDE, Found, session_picture
from ui.draw.picture_part import picture_part
from ui.draw.picture_reload import keep_picture_for_reload
from ui.draw.picture_upload import picture_upload
from ui.draw.reading import check_input, read_apart, reads_numbers, recognise
from ui.draw.reload import keep_for_reload, learn_recalled
from ui.draw.seen_image import seen_digits, seen_image
from ui.draw.source import BOARD, PICTURE, image_source
from ui.draw.spaces import spaces
from ui.draw.upright import set_upright
from ui.draw.verdict import BETWEEN_ROWS, described, meaning, shown_characters, verdict
from ui.figures.number import number_figure
from ui.figures.probabilities import probabilities_figure
from ui.figures.thumbnail import framed
from ui.models.load import load_model
from ui.models.model_choice import ModelChoice
from ui.models.select import model_select
from ui.shared.error_text import error_text
from ui.shared.pages import through_app
from ui.shared.url_text import plain

# A text, and in words what it is worth.
Answer = tuple[str, str]

NOTHING_FOUND = {
    "empty": "There is nothing on this picture that could be a digit. If there should be, a darker "
    "pen or a photo from closer up will help.",
    "faint": "Nothing on this picture stands out from its background. A darker pen, more light or "
    "a photo from closer up will help.",
    "scattered": "There is too much on this picture to tell which of it is a digit. Plain paper "
    "with nothing else on it, or a photo from closer up, will help.",
}

NOTHING_IN_PART = (
    "No digit stands out in this part of the picture. A rectangle around whole digits, with some "
    "paper on all sides, will help, or the **Whole picture**."
)
LEFT_OUT = (
    "Something on the picture may be a digit and was left out: it has a dashed frame. A rectangle "
    "around it says to read it."
)

# The board takes the width that the chart leaves; where there is no room for both side by side, all
# of it: a finger scrolls above and below. Undo and Clear are for fingers too; the answer's place is
# kept so that the board stays put.
STYLE = f"""<style>
:has(> .st-key-draw) {{ flex: 3 1 {NARROWEST}px; max-width: min({WIDTH}px, 100%); }}
:has(> .st-key-recognition) {{ flex: 1 1 320px; }}
.st-key-draw_sides {{ row-gap: 1rem; }}
:has(> .st-key-draw_model) {{ flex: 1 1 20rem; max-width: 34rem; }}
:is(.st-key-board_buttons, .st-key-picture_buttons, .st-key-picture_kept) button {{
  min-height: 2.75rem;
}}
@media (pointer: coarse) {{ .st-key-board_buttons kbd {{ display: none; }} }}
.st-key-answer {{ min-height: 6rem; }}
.st-key-answer h2 {{ font-size: 3.25rem; line-height: 1.1; padding: 0; }}
/* Up to four rows are as high together as one is alone. */
.st-key-answer p:has(br) {{ font-size: 1.5rem; line-height: 1.1; }}
.st-key-answer p:has(br ~ br) {{ font-size: 1.1rem; line-height: 1; }}
.st-key-answer p:has(br ~ br ~ br) {{ font-size: 0.825rem; }}
.st-key-answer h2, .st-key-answer [data-testid="stText"] {{
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
}}
</style>"""


def page() -> None:
    st.html(STYLE)
    notices = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="draw_title"):
        st.title("Draw", width="content")
        with st.container(key="draw_model"):
            choice = model_select(notices=notices, taught=True, beside_title=True)
    if choice is not None:
        draw_and_recognise(choice)


@st.fragment
def draw_and_recognise(choice: ModelChoice) -> None:
    with st.container(horizontal=True, gap="large", key="draw_sides"):
        left = st.container(key="draw")
        right = st.container(key="recognition")
    with left:
        source = image_source()
        answer_place = st.container(key="answer")
        board = board_with_buttons() if source == BOARD else None
        if source == PICTURE:
            choose_a_picture()
    keep_picture_for_reload(source)
    try:
        # Again for each image: the file of a model in training changes.
        original = load_model(choice)
        check_input(original)
    except ValueError as error:
        right.error(f"This model cannot be used: {error_text(error)}", icon=":material/error:")
        return
    with right:
        learn_recalled(choice, original)
    network = own_network(choice, original)
    labels = network.labels
    with left:
        if board:
            writing = written(several=reads_numbers(labels))
            images, picture = [character.image for character in writing.characters], None
            certainties = None
            rows = [character.row for character in writing.characters]
            boxes = [character.box for character in writing.characters]
        else:
            writing, found = None, found_on_picture(network)
            digits = read_apart(network, found.digits)
            images, rows = [digit.image for digit in digits], [digit.row for digit in digits]
            certainties = [digit.certainty for digit in digits]
            frames = [digit.box for digit in digits]
            boxes = list(frames)
            picture = found.picture
            if picture is not None:
                picture = framed(picture, frames, SHOWN_SIDE)
    probabilities, known = recognise(network, images, certainties)
    answers = shown_characters(probabilities, labels, known)
    points = writing.points if writing else []
    places = [point.place for point in points]
    breaks = [place for place in range(1, len(rows)) if rows[place] > rows[place - 1]]
    # A decimal point makes a gap wide too.
    gaps = [place for place in spaces(boxes, rows) if place not in places]
    answer = verdict(probabilities, labels, known, places, breaks, gaps) if images else None
    with answer_place:
        say(answer, labels, source, again=session_picture() is not None)
    if picture is not None and (kept := session_picture()):
        with left:
            picture_part(kept, picture.shape[:2], frames, answers, found.left_out)
    if board and writing:
        with board:
            # A single digit is read without a word about where it is.
            texts = [*answers, *("." for _ in points)] if len(images) > 1 or points else []
            board_marks([*boxes, *(point.box for point in points)], texts)
    with right:
        correction(choice, original, images, answers)
        chart(probabilities, labels, answer)
        if points:
            st.caption(
                "The dot is a decimal point, by its size and place. The network sees digits only."
            )
        lesson_report(choice, images)
        st.caption(meaning(network, taught=network is not original))
        if len(images) > 1:
            seen_digits(images, answers, picture)
        else:
            seen_image(images[0] if images else None, picture)
        announce(spoken(answer), key="spoken_answer")
    keep_for_reload()


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


def written(*, several: bool) -> Writing:
    """What is on the board, with a word where that is too much."""
    writing = session_drawing().writing(several=several)
    if not writing.complete:
        st.warning(
            "There is too much on the board: the last strokes are left out. **Clear** helps.",
            icon=":material/gesture:",
        )
    elif several and not writing.is_number:
        st.warning(
            "There is too much on the board for a number: all of it is read as one digit. "
            "**Clear** helps.",
            icon=":material/gesture:",
        )
    return writing


def choose_a_picture() -> None:
    """The upload."""
    picture_upload(
        "A photo or drawing of a digit or a number",
        help="With any pen on any paper, or a screenshot. Shadows, printed lines and specks are "
        "left out. It stays in the memory of this app until your visit ends, and in this tab of "
        "your browser until you close it or take the picture away.",
    )


def found_on_picture(network: nn.Network) -> Found:
    """What is found on the session's picture, with a word where that is nothing, or not all."""
    kept, several = session_picture(), reads_numbers(network.labels)
    if kept is None:
        return NOTHING
    if several and set_upright(kept, network):
        st.info("The picture lay on its side, and was turned.", icon=":material/rotate_left:")
    found = kept.found_now(several=several)
    if found.reason:
        words = NOTHING_IN_PART if kept.part else NOTHING_FOUND[found.reason]
        st.warning(words, icon=":material/crop_free:")
    if found.left_out:
        st.warning(LEFT_OUT, icon=":material/select:")
    return found


def say(answer: Answer | None, labels: list[str], source: str, *, again: bool) -> None:
    """The answer, or what to do; `again` where there is a picture on which nothing was found."""
    if answer:
        text, worth = answer
        lines = text.split("\n")
        if len(lines) == 1:
            st.header(plain(text), anchor=False)
        else:
            st.markdown("  \n".join(f"**{plain(line)}**" for line in lines))
        st.text(worth)
    elif source == BOARD:
        number = ", or a number" if reads_numbers(labels) else ""
        st.markdown(
            f"**Draw {plain(described(labels))}{number}** below with mouse, pen or finger, "
            f"or choose **{PICTURE}**."
        )
    else:
        number = ", or of a number" if reads_numbers(labels) else ""
        which = "another picture" if again else "a picture"
        st.markdown(f"**Choose {which}** of {plain(described(labels))}{number}.")


def spoken(answer: Answer | None) -> str:
    """The answer in words, empty without one."""
    return ", ".join(answer).replace("\n", BETWEEN_ROWS) if answer else ""


through_app()
page()
