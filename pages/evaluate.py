"""Evaluate: how often a model is right, and which classes and images it gets wrong."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from ui.components.live_chart import live_chart
from ui.evaluate.answers import NotComparable
from ui.evaluate.asking_bar import asking_bar
from ui.evaluate.chosen_cell import cell_selects, chosen_cell
from ui.evaluate.class_tables import class_table, classes_csv, hardest_class, never_said
from ui.evaluate.data_select import begin_with_own_data, data_select, part_select
from ui.evaluate.evaluate_model import evaluate_model
from ui.evaluate.evaluation import PARTS, Evaluation
from ui.evaluate.image_cards import image_cards
from ui.evaluate.matrix_click import choose_clicked_cell
from ui.evaluate.matrix_switches import matrix_switches
from ui.evaluate.predictions_csv import predictions_csv
from ui.evaluate.take_along import take_along
from ui.figures.confusion import confusion_figure
from ui.models.follow_training import follow_training
from ui.models.load import averages
from ui.models.model_choice import ModelChoice
from ui.models.select import model_select
from ui.models.taught import copy_words
from ui.shared.counted import counted
from ui.shared.error_text import error_text
from ui.shared.pages import TRAIN, through_app
from ui.shared.percent import percent

# The name of a model is long: its box stands on a line of its own rather than be cut off.
CHOICE_STYLE = """<style>
:has(> .st-key-evaluate_model) { flex: 3 1 min(26rem, 100%); }
:is(:has(> .st-key-evaluate_data), :has(> .st-key-evaluate_images)) {
  flex: 2 1 min(17rem, 100%);
}
</style>"""

# As it is, the table is a little wider than a phone; names of classes may be longer still.
TABLE_STYLE = """<style>
.st-key-class_table [data-testid="stMarkdownContainer"] { overflow-x: auto; }
@media (max-width: 640px) {
  .st-key-class_table :is(th, td) { padding-left: 0.5rem; padding-right: 0.5rem; }
}
</style>"""


def page() -> None:
    st.title("Evaluate")
    st.markdown("How often is a model right, what does it mix up, and on which images?")
    notices = st.container()
    st.html(CHOICE_STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model_place = st.container(key="evaluate_model")
        data_place = st.container(key="evaluate_data")
        part_place = st.container(key="evaluate_images")
    with model_place:
        choice = model_select(notices=notices, on_choice=begin_with_own_data)
    if choice is None:
        return
    with data_place:
        dataset = data_select(choice, notices)
    with part_place:
        part = part_select(notices)
    follow_training(choice)
    say_what_meets(choice, dataset)
    try:
        words = f"Asking the model about the {PARTS[part]} images of {data.DATASETS[dataset].title}"
        with asking_bar(words) as show:
            evaluation = evaluate_model(choice, dataset, part, show)
    except NotComparable as error:
        st.error(error_text(error), icon=":material/block:")
    except data.DatasetNotFound as error:
        st.info(error_text(error), icon=":material/image:")
        link_to_download()
    except (ValueError, OSError) as error:
        st.error(f"This model cannot be used: {error_text(error)}", icon=":material/error:")
    else:
        headline(choice, evaluation)
        explore(choice, evaluation, notices)
        if data.is_available(dataset):
            mistakes(choice, evaluation)
        classes(evaluation)
        downloads(choice, evaluation)


def say_what_meets(choice: ModelChoice, dataset: str) -> None:
    shown = data.DATASETS[dataset]
    own = data.DATASETS.get(choice.dataset)
    if own is None:
        st.warning("The model's file does not say which data it learned from.")
    elif own.name != shown.name and own.num_classes == shown.num_classes:
        if own.labels == shown.labels:
            words = "the same classes, but from other hands and scanners: expect more mistakes."
        else:
            words = (
                f"other things. What it calls “{own.labels[0]}” counts as "
                f"“{shown.labels[0]}” here, so these numbers say nothing about how good it is."
            )
        st.warning(
            f"This model learned from **{own.title}**. **{shown.title}** shows {words}",
            icon=":material/warning:",
        )


def link_to_download() -> None:
    st.page_link(TRAIN.file, label="Download it on the Train page", icon=":material/download:")


def headline(choice: ModelChoice, evaluation: Evaluation) -> None:
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "Accuracy",
            percent(evaluation.accuracy, len(evaluation.true)),
            width="content",
            help="Share of the images that the model calls what they are.",
        )
        st.metric(
            "Mistakes",
            f"{evaluation.mistakes:,} of {len(evaluation.true):,}",
            width="content",
            help="Images that the model calls something else.",
        )
        st.metric(
            "Hardest class",
            hardest_class(evaluation),
            width="content",
            help="The class of which the smallest share is recognised, with that share. Several "
            "may have the same.",
        )
        st.metric(
            "Calibration error",
            percent(evaluation.calibration_error, len(evaluation.true)),
            width="content",
            help="How far the model is from being right as often as it says, on average: of the "
            "answers it is 90 % sure of, 90 % should be right. 0 is perfect.",
        )
    words = f"All numbers on this page belong to **{evaluation.source}**."
    if (evaluation.dataset, evaluation.part) == (choice.dataset, "train"):
        words += " The model learned from these: on new images most make more mistakes."
    if evaluation.is_saved:
        words += " They were taken when the model was made, and came with it."
    if taught := copy_words(choice.key):
        words += f" Your own copy, {taught}, answers on the Draw page only."
    copies = averages(choice)
    if copies and not evaluation.alone:
        words += f" Each answer is the mean over copies of the image {copies}."
    if evaluation.alone:
        words += (
            " For so many images the model looks at each alone. Otherwise each answer is the mean "
            f"over copies of the image {copies}."
        )
    st.caption(words)


def explore(choice: ModelChoice, evaluation: Evaluation, notices: DeltaGenerator) -> None:
    labels = evaluation.labels
    st.header("Confusion matrix")
    st.markdown(
        "Each row holds the images of one class, each column what the model called them. "
        "**Choose a cell and see its images.** The bars below an image are what the model thought "
        "most probable; the true class is the blue one."
    )
    matrix_column, cell_column = st.columns([5, 4], gap="medium")
    with matrix_column:
        normalize, hide_diagonal = matrix_switches(notices)
        true, predicted = chosen_cell(evaluation, notices)
        figure = confusion_figure(
            evaluation.matrix,
            labels,
            normalize,
            hide_diagonal,
            title=evaluation.source + (", % of each row" if normalize else ""),
            selected=(true, predicted),
        )
        alt = (
            f"Confusion matrix of {evaluation.source}: {counted(evaluation.mistakes, 'mistake')}. "
            "The two select boxes after it show the images of any cell."
        )
        live_chart(
            figure,
            key="confusion",
            alt=alt,
            on_click=choose_clicked_cell(labels),
            reveals="chosen_cell",
            says_aside=True,
            picture=f"{file_name(choice, evaluation)}-confusion",
            picture_of=choice.title,
        )
    with cell_column, st.container(key="chosen_cell"):
        cell_selects(labels)
        indices, inside = evaluation.cell(true, predicted), key_inside(choice, evaluation)
        st.markdown(cell_words(evaluation, true, predicted, len(indices)))
        try:
            image_cards(evaluation, indices, key=f"cell_page_{true}_{predicted}", inside=inside)
        except data.DatasetNotFound as error:
            st.info(
                f"To see the images too: {error_text(error)}",
                icon=":material/image:",
            )
            link_to_download()


def key_inside(choice: ModelChoice, evaluation: Evaluation) -> str | None:
    """The model's key where the page Inside has the same images: the tests of its own data."""
    same = (evaluation.dataset, evaluation.part) == (choice.dataset, "test")
    return choice.key if same else None


def file_name(choice: ModelChoice, evaluation: Evaluation) -> str:
    """How the names of files begin that one takes along."""
    return f"{choice.key}-{evaluation.dataset}-{evaluation.part}"


def cell_words(evaluation: Evaluation, true: int, predicted: int, count: int) -> str:
    name, other = evaluation.labels[true], evaluation.labels[predicted]
    if count == 0:
        answer = "is recognised" if true == predicted else f"is called **{other}**"
        return f"No image of **{name}** {answer}."
    of_class = max(int(evaluation.matrix[true].sum()), 1)
    share = percent(count / of_class, of_class)
    answer = "recognised as such" if true == predicted else f"called **{other}**"
    order = ", most confident first" if count > 1 else ""
    images = counted(count, "image")
    return f"{images} of **{name}** {answer}: {share} of all images of {name}{order}."


def mistakes(choice: ModelChoice, evaluation: Evaluation) -> None:
    st.header("Most confident mistakes")
    wrong = evaluation.wrong()
    if len(wrong) == 0:
        st.markdown("There is not a single one.")
        return
    st.markdown(
        f"{len(wrong):,} of {evaluation.source} are called something else. Those of which the "
        "model was surest come first."
    )
    image_cards(evaluation, wrong, key="mistakes_page", inside=key_inside(choice, evaluation))


def classes(evaluation: Evaluation) -> None:
    st.header("Class by class")
    st.markdown(
        "**Precision**: of the images called this, the share that are it. **Recall**: of the "
        "images of this class, the share that are called it. **F1**: the harmonic mean of both. "
        f"All three in percent.{never_said(evaluation)}"
    )
    st.html(TABLE_STYLE)
    with st.container(key="class_table"):
        st.markdown(class_table(evaluation))


def downloads(choice: ModelChoice, evaluation: Evaluation) -> None:
    st.header("Take it with you")
    name = file_name(choice, evaluation)
    with st.container(horizontal=True):
        st.download_button(
            "Predictions (CSV)",
            lambda: predictions_csv(evaluation),
            f"{name}-predictions.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            help="One line per image: what it is, what the model says, all probabilities."
            + (" They came with the model, rounded to about 0.0003." * evaluation.is_saved),
        )
        st.download_button(
            "Class by class (CSV)",
            lambda: classes_csv(evaluation),
            f"{name}-metrics.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            help="Precision, recall, F1 and number of images of every class.",
        )
    st.caption("For the confusion matrix as a picture, press **Picture** below it.")
    take_along(choice, evaluation)


through_app()
page()
