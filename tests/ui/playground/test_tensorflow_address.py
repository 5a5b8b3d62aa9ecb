"""Addresses of TensorFlow Playground."""

from dataclasses import replace

import pytest

from nn.plane.config import PlaneConfig
from ui.playground.setup import Setup
from ui.playground.tensorflow_address import from_address

DEFAULT = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle"
    "&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2"
    "&seed=0.91046&showTestData=false&discretize=false&percTrainData=50&x=true&y=true"
    "&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false"
    "&collectStats=false&problem=classification&initZero=false&hideText=false"
)


def test_its_default_is_the_default_here():
    found = from_address(DEFAULT)
    seed = found.setup.seed
    assert found.setup == Setup(points_seed=seed).with_seed(seed)
    assert found.said == [
        "The seed draws other points and weights here: the same kind, not the same numbers."
    ]


def test_an_address_without_a_seed_needs_no_word():
    assert from_address("#dataset=circle").said == []
    assert from_address("#dataset=circle").setup == Setup()


def test_all_that_it_can_say_is_taken_over():
    found = from_address(
        "playground.tensorflow.org/#activation=relu&regularization=L1&batchSize=1&dataset=spiral"
        "&learningRate=0.1&regularizationRate=0.003&noise=15&networkShape=8,6,1&percTrainData=70"
        "&x=false&y=true&xTimesY=true&xSquared=true&ySquared=true&cosX=true&sinX=true&cosY=true"
        "&sinY=true&initZero=true&showTestData=true&discretize=true"
    )
    assert found.setup == Setup(
        data="spiral",
        noise=15,
        share=70,
        show_test=True,
        discrete=True,
        arms=(
            PlaneConfig(
                inputs=(
                    "x2",
                    "x1_squared",
                    "x2_squared",
                    "x1_x2",
                    "sin_x1",
                    "sin_x2",
                    "cos_x1",
                    "cos_x2",
                ),
                hidden=(8, 6, 1),
                activations=("relu",) * 3,
                initializer="zeros",
                learning_rate=0.1,
                l1=0.003,
                batch_size=1,
            ),
        ),
    )
    assert ["penalty" in said for said in found.said] == [True]


@pytest.mark.parametrize(("theirs", "ours"), [("reg-plane", "plane"), ("reg-gauss", "multi_gauss")])
def test_regression(theirs, ours):
    setup = from_address(f"#problem=regression&regDataset={theirs}&dataset=xor").setup
    assert (setup.data, setup.points, setup.classes) == (ours, 1200, 0)


def test_it_writes_no_hidden_layers_as_an_empty_shape():
    assert from_address("#networkShape=").setup.arm.hidden == ()
    assert from_address("#networkShape=&dataset=xor").setup.arm.activations == ()


def test_what_a_penalty_does_otherwise_here_is_told():
    def told(penalty):
        return from_address(f"#regularization={penalty}&regularizationRate=0.01").said

    assert ["biases" in said and "past 0" in said for said in told("L1")] == [True]
    assert ["biases" in said and "past 0" not in said for said in told("L2")] == [True]
    assert told("none") == []


def test_what_it_hides_is_hidden():
    found = from_address(
        "#dataset=xor&learningRate_hide=true&playButton_hide=true&resetButton_hide=true"
        "&regularization_hide=true&numHiddenLayers_hide=true&noise_hide=false"
    )
    assert found.setup.hide == {"rate", "play", "again", "renew", "penalty", "layers"}
    assert found.said == []
    assert from_address("#stepButton_hide=true").setup == replace(Setup(), hide=frozenset({"step"}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("noise=80", "noise=`80` is not possible here: it must be a whole number from 0 to 50"),
        ("activation=step", "one of relu, tanh, sigmoid, linear"),
        ("networkShape=4,99", "from 1 to 16"),
        ("learningRate=abc", "a number from 0.00001 to 10"),
        ("x=yes", "one of true, false"),
        ("x=false&y=false", "without inputs"),
        ("tutorial=pdp", "no meaning here"),
        ("hideText=true", "no meaning here"),
        ("collectStats=true", "no meaning here"),
        ("colour=red", "`colour` is not known"),
        ("colour_hide=true", "`colour_hide`: there is no such control here"),
    ],
)
def test_what_has_no_meaning_here_is_told(text, said):
    found = from_address("#dataset=circle&" + text)
    assert [said in one for one in found.said] == [True]
    assert found.setup == Setup()


@pytest.mark.parametrize(
    "text",
    ["", "hello", "https://playground.tensorflow.org/", "#", "#a=b", "https://x.org/#y_hide=1"],
)
def test_what_is_no_such_address_is_refused(text):
    with pytest.raises(ValueError, match="TensorFlow Playground"):
        from_address(text)
