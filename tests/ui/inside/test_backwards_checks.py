"""The view "Backwards": what its checks of the gradient say."""

import pytest

import data
from nn.explain.gradient_check import Difference, GradientCheck, GradientChecker
from nn.explain.loss_trace import LossTrace
from nn.explain.one_step import OneStep, one_step
from tests.ui.inside.backwards_page import chain, shipped_network, stand_in
from tests.ui.inside.inside_page import inside, parameter
from ui.inside import backwards_checks


@pytest.fixture
def boxes(monkeypatch):
    return stand_in(monkeypatch)


@pytest.fixture
def network(shipped):
    return shipped_network(shipped)


def test_trying_says_what_backpropagation_says(network, boxes):
    app = inside(view="backwards", image="1")
    expected = chain(network, 1)
    layer, neuron, input = expected.largest(0)
    gradient = expected.gradient(layer, neuron)[input]
    text = " ".join(markdown.value for markdown in app.markdown)
    assert f"Backpropagation says **{gradient:+.8g}**".replace("-", "−") in text
    points = boxes.charts["backwards_error"]["data"][0]
    assert (len(points["x"]), min(points["y"]) < 1e-6) == (12, True)


def test_many_weights_are_checked_on_request_and_again_for_another_image(network, boxes):
    app = inside(view="backwards", image="1")
    assert "backwards_sample" not in boxes.charts
    check = next(one for one in app.button if one.label == "Check 200 weights")
    check.click().run()
    points = boxes.charts.pop("backwards_sample")["data"][1:]
    assert sum(len(trace["x"]) for trace in points) >= 100
    assert any("weights both numbers are the same" in one.value for one in app.markdown)
    app.number_input[0].set_value(2).run()
    assert "backwards_sample" not in boxes.charts


def test_one_step_down_is_that_of_the_engine(network, boxes):
    app = inside(view="backwards", image="3", rate="0.05")
    digits = data.load("digits")
    step = one_step(LossTrace(network, digits.test_images[3:4], digits.test_labels[3:4]), 0.05)
    text = " ".join(markdown.value for markdown in app.markdown)
    for loss in (step.before, step.predicted, step.after):
        assert f"{loss:.4g}".replace("-", "−") in text
    app.select_slider(key="backwards_rate").set_value("0.5").run()
    assert parameter(app, "rate") == "0.5"


def difference(step, value, error=0.0, kink=False):
    return Difference(step, value, error, kink)


def test_a_kink_and_a_silent_neuron_are_named():
    kinked = [difference(0.1, 0.3, 0.5, True), difference(0.01, 0.5, 1e-6)]
    words = backwards_checks.check_words(GradientCheck("0.weight", (0, 0), 0.5, kinked))
    assert "From h = 10⁻¹ on a **kink**" in words
    silent = [difference(0.1, 0.0), difference(0.01, 0.0)]
    words = backwards_checks.check_words(GradientCheck("0.weight", (0, 0), 0.0, silent))
    assert "0 both ways" in words


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (OneStep(1.0, 0.9, 0.901), "keeps its word"),
        (OneStep(1.0, 0.5, 0.9), "**20\xa0%**"),
        (OneStep(1.0, -2.0, 0.4), "below 0"),
        (OneStep(1.0, 0.5, 1.5), "**rises** by 0.5"),
        (OneStep(1.0, 1.0, 1.0), "no way down"),
    ],
)
def test_a_step_is_judged_by_what_the_gradient_promised(step, said):
    assert said in backwards_checks.step_words(step)


def test_a_sample_is_summed_up(network):
    digits = data.load("digits")
    checker = GradientChecker(LossTrace(network, digits.test_images[:1], digits.test_labels[:1]))
    words = backwards_checks.sample_words(checker.sample(40))
    assert "of 40 weights both numbers are the same" in words
