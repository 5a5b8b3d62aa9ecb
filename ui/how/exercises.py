"""Exercises of the kind a teacher sets, with answers that fold out.

Each number in an answer is computed anew, or trained for, by tests/ui/how/test_exercises.py.
"""

from dataclasses import dataclass

import streamlit as st

from ui.shared.links import action_link
from ui.shared.pages import INSIDE, PLAYGROUND, TRAIN, Page


@dataclass(frozen=True)
class Link:
    """Where one can try it: a page, its parameters, and what is to be done there."""

    page: Page
    label: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Exercise:
    """One exercise; question and answer are Markdown.

    step: the number of the step that it is about.
    link: where the question can be tried; None where paper is enough.
    found: where the answer is seen.
    """

    step: int
    question: str
    answer: str
    link: Link | None = None
    found: Link | None = None


EXERCISES = (
    Exercise(
        1,
        "A ReLU neuron has the weights 2 and −1 and the bias −4. What does it say of the inputs "
        "(3, 1), and of (1, 3)? Where is the line on which its sum is 0, and how far from (0, 0)?",
        "Of (3, 1): 2·3 − 1·1 − 4 = **1**. Of (1, 3): 2·1 − 1·3 − 4 = −5, so **0**. The line is "
        "2x₁ − x₂ = 4, through (2, 0) and (0, −4), and its distance from (0, 0) is "
        "4 ÷ √(2² + 1²) = **1.789**.",
    ),
    Exercise(
        1,
        "Can one neuron tell the four corners of XOR apart? And several layers, if no neuron has "
        "an activation?",
        "No, twice. One neuron draws one straight line, and the corners need two. Layers without "
        "activation are one layer: W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂), again a straight "
        "line. With four ReLU neurons it goes: |x₁ + x₂| − |x₁ − x₂| has the sign of x₁x₂, and "
        "|s| = ReLU(s) + ReLU(−s).",
        link=Link(
            PLAYGROUND,
            "Try XOR with a straight line",
            {"data": "xor", "layers": "none", "rate": "0.03"},
        ),
        found=Link(
            PLAYGROUND, "See hidden neurons do it", {"data": "xor", "layers": "4", "act": "relu"}
        ),
    ),
    Exercise(
        2,
        "How many parameters has the network 784-128-64-10?",
        "Each layer has a weight for each pair of input and neuron, and a bias for each neuron: "
        "784·128 + 128 = 100,480, then 128·64 + 64 = 8,256, then 64·10 + 10 = 650. Together "
        "**109,386**.",
    ),
    Exercise(
        2,
        "A convolution makes 8 maps of a 28 × 28 image with filters of 5 × 5, without a border. "
        "How many parameters has it, and how many would a layer of as many outputs have?",
        "Each filter has 5·5 weights and a bias, whatever the size of the image: 8·(25 + 1) = "
        "**208**. Each map has 24 × 24 places, so there are 4,608 outputs. A layer that is not a "
        "convolution needs 784·4,608 + 4,608 = **3,617,280**.",
    ),
    Exercise(
        2,
        "64 images go through the first layer together. What are the shapes of X, W and XWᵀ, and "
        "how many multiplications is that?",
        "X is (64, 784), W is (128, 784), as PyTorch has it, so Wᵀ is (784, 128) and the product "
        "is (64, 128). Each of its 8,192 numbers takes 784 multiplications: **6,422,528**.",
    ),
    Exercise(
        3,
        "All ten logits are equal. What are the probabilities, and what is the loss? What is the "
        "gradient at the logit of the true class, and at the others?",
        "Each probability is 0.1, whatever the logits are. The loss is −ln 0.1 = ln 10 = "
        "**2.303**: a loss near that says that the network guesses. The gradient is p − y: "
        "**−0.9** at the true class and **0.1** at each of the others; together 0.",
    ),
    Exercise(
        4,
        "The loss is L(w) = 5w². From which learning rate on does plain gradient descent diverge? "
        "And with a momentum of 0.9?",
        "The gradient is 10w, so w becomes (1 − 10·lr)·w, which shrinks as long as |1 − 10·lr| < "
        "1: below **0.2**, that is 2/λ with the curvature λ = 10. At 0.2 it jumps from w to −w "
        "for ever. With momentum μ the limit is 2(1 + μ)/λ = **0.38**.",
    ),
    Exercise(
        4,
        "Find the learning rate at which 784-128-64-10 no longer learns the small digits. What "
        "does the loss do there, and what has become of the neurons?",
        "With plain SGD 0.1 learns, 0.2 learns badly, and at about **0.3** it is over: in the "
        "first epoch the loss leaps up, and then it stays near ln 10, where everything is a "
        "guess. The steps were so large that nearly all hidden neurons are 0 for every image.",
        link=Link(
            TRAIN,
            "Look for the learning rate",
            {"dataset": "digits", "learning_rate": "0.1", "epochs": "10"},
        ),
        found=Link(TRAIN, "See one that is far too large", {"wrong": "learning-rate-5"}),
    ),
    Exercise(
        5,
        "What happens if all weights begin at 0?",
        "Every ReLU neuron says 0, for every image. The gradient of a weight is what goes in times "
        "what comes back: in the last layer 0 goes in, and to the others nothing comes back "
        "through weights that are 0. So only the last biases move, and every image gets the same "
        "answer. With equal weights other than 0 all neurons of a layer would stay equal.",
        found=Link(TRAIN, "See it train", {"wrong": "all-zero-weights"}),
    ),
    Exercise(
        5,
        "A sigmoid neuron has the input 2, the weight 0.5 and the bias −1; the target is 1 and the "
        "error ½(t − a)². What is the derivative of the error by the weight, and what is the "
        "weight after a step with learning rate 0.4?",
        "z = 0.5·2 − 1 = 0 and a = σ(0) = 0.5. Then (a − t) · a(1 − a) · x = −0.5 · 0.25 · 2 = "
        "**−0.25**, and the weight becomes 0.5 + 0.4·0.25 = **0.6**.",
    ),
    Exercise(
        5,
        "Find a neuron of the shipped network `small` that is dead: 0 for every test image. Why "
        "does it stay so?",
        "Neuron **39** of the first hidden layer is one, and neuron **54** of the second, counted "
        "from 0. Where a ReLU's sum is below 0 its slope is 0, so no gradient comes through it, "
        "and its weights no longer move.",
        link=Link(INSIDE, "Look for dark neurons", {"model": "small", "view": "activations"}),
        found=Link(
            INSIDE,
            "See neuron 39 and its weights",
            {"model": "small", "view": "neuron", "layer": "0", "neuron": "39"},
        ),
    ),
)


def exercises() -> None:
    """Draw them."""
    for number, exercise in enumerate(EXERCISES, start=1):
        st.markdown(f"**{number}.** {exercise.question} *(Step {exercise.step})*")
        _show(exercise.link)
        with st.expander(f"Answer to {number}"):
            st.markdown(exercise.answer)
            _show(exercise.found)


def _show(link: Link | None) -> None:
    if link is not None:
        action_link(link.page, label=link.label, query_params=link.parameters)
