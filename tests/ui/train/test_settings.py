"""The settings of the Train page: widgets, URL, presets."""

import dataclasses
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import data
import nn
from nn.training.build import build_network
from tests.ui.train.settings_page import config_of, open_page
from ui.settings.network_size import count_parameters
from ui.settings.presets import PRESETS, preset_values
from ui.settings.settings import LEARNING_RATES, SETTINGS


@pytest.fixture(autouse=True)
def mnist_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "is_available", lambda name: True)


def test_every_setting_of_a_training_is_on_the_page() -> None:
    fields = {field.name for field in dataclasses.fields(nn.TrainingConfig)}
    assert set(SETTINGS) == fields - {"other_members"}  # which stand in recipes alone


def test_untouched_settings_are_the_seeds_set_up() -> None:
    assert config_of(open_page()) == nn.TrainingConfig()


def test_a_number_has_all_its_digits() -> None:
    page = open_page(dropout="0.12371", epochs="7")
    (dropout,) = (box for box in page.number_input if box.label == "Dropout")
    assert dropout.proto.format % dropout.value == "0.12371"
    assert config_of(page).dropout == 0.12371


def test_without_mnist_the_built_in_digits_are_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data, "is_available", lambda name: name == "digits")
    assert config_of(open_page()).dataset == "digits"


def test_a_link_opens_the_same_set_up() -> None:
    wanted: dict[str, tuple[str, Any]] = {
        "dataset": ("Fashion-MNIST", "fashion_mnist"),
        "hidden": ("256, 128", (256, 128)),
        "activation": ("Leaky ReLU", "leaky_relu"),
        "batch_norm": ("true", True),
        "dropout": ("0.25", 0.25),
        "initializer": ("Glorot uniform", "glorot_uniform"),
        "init_scale": ("10", 10.0),
        "label_smoothing": ("0.1", 0.1),
        "optimizer": ("SGD", "sgd"),
        "learning_rate": ("0.05", 0.05),
        "momentum": ("0.9", 0.9),
        "nesterov": ("true", True),
        "weight_decay": ("0.0005", 0.0005),
        "l1": ("1e-05", 1e-5),
        "max_grad_norm": ("5", 5.0),
        "schedule": ("One cycle", "one_cycle"),
        "warmup_epochs": ("1.5", 1.5),
        "batch_size": ("128", 128),
        "epochs": ("7", 7),
        "val_size": ("5000", 5000),
        "patience": ("3", 3),
        "seed": ("42", 42),
        "ensemble": ("3", 3),
        "test_time_shift": ("1", 1),
        "test_time_rotation": ("8", 8.0),
        "rotation": ("12", 12.0),
        "scaling": ("0.15", 0.15),
        "shear": ("8", 8.0),
        "shift": ("1.5", 1.5),
        "elastic": ("1.2", 1.2),
        "elastic_sigma": ("5", 5.0),
        "thickness": ("0.4", 0.4),
    }
    page = open_page(**{name: text for name, (text, _) in wanted.items()})
    assert not page.warning
    config = config_of(page)
    assert {name: getattr(config, name) for name in wanted} == {
        name: value for name, (_, value) in wanted.items()
    }


@pytest.mark.parametrize("learning_rate", ["lr", "learning-rate"])
def test_a_link_may_call_settings_as_the_command_line_calls_its_options(learning_rate: str) -> None:
    page = open_page(**{learning_rate: "5", "batch-size": "128", "unknown": "1"})
    config = config_of(page)
    assert (config.learning_rate, config.batch_size) == (5, 128)
    assert page.query_params == {"learning_rate": "5", "batch_size": "128", "unknown": "1"}


def test_a_link_may_be_written_with_the_names_of_the_command_line() -> None:
    page = open_page(dataset="kmnist", activation="leaky_relu", optimizer="adamw", hidden="32,16")
    assert not page.warning
    config = config_of(page)
    assert (config.dataset, config.activation, config.optimizer) == (
        "kmnist",
        "leaky_relu",
        "adamw",
    )
    assert config.hidden == (32, 16)


@pytest.mark.parametrize("came", ["0.3", "0.30", "30 %"])
def test_shares_are_whole_percents_and_older_links_with_numbers_still_work(came: str) -> None:
    page = open_page(writing_styles=came)
    assert not page.warning
    assert config_of(page).writing_styles == 0.3
    slider = page.select_slider("writing_styles")
    assert slider.options[:3] == ["0 %", "5 %", "10 %"]
    page = open_page(writing_styles="1")
    assert config_of(page).writing_styles == 1


@pytest.mark.parametrize("rate", ["0.10521", "0.000012345678901"])
def test_a_rate_between_the_steps_stays_exactly_what_it_is(rate: str) -> None:
    page = open_page(learning_rate=rate)
    slider = page.select_slider(key="learning_rate")

    assert (slider.value, config_of(page).learning_rate) == (float(rate), float(rate))
    assert page.query_params["learning_rate"] in (rate, [rate])
    slider.set_value(0.2).run()
    assert config_of(page).learning_rate == 0.2
    page.select_slider(key="learning_rate").set_value(float(rate)).run()  # its step is still there
    assert config_of(page).learning_rate == float(rate)


@pytest.mark.parametrize(
    ("field", "came", "allowed"),
    [
        ("dataset", "imagenet", "one of MNIST, Fashion-MNIST"),
        ("hidden", "128,lots", "whole numbers from 1 to 2,048"),
        ("hidden", "0", "whole numbers from 1 to 2,048"),
        ("hidden", "9999", "whole numbers from 1 to 2,048"),
        ("hidden", ",".join(["8"] * 11), "at most 10 layers"),
        ("activation", "swish", "one of ReLU"),
        ("epochs", "0", "a whole number from 1 to 200"),
        ("epochs", "many", "a whole number from 1 to 200"),
        ("epochs", "2.5", "a whole number from 1 to 200"),
        ("epochs", "", "a whole number from 1 to 200"),
        ("learning_rate", "1000", "from 0.00001 to 5"),
        ("learning_rate", "nan", "from 0.00001 to 5"),
        ("dropout", "nan", "a number from 0 to 0.9"),
        ("dropout", "-inf", "a number from 0 to 0.9"),
        ("batch_norm", "yes", "true or false"),
        ("patience", "0", "a whole number from 1 to 100"),
        ("seed", "99999999999999999999", "a whole number from 0 to 2,147,483,647"),
        ("rotation", "46", "a number from 0 to 45"),
        ("writing_styles", "2", "one of the slider's steps from 0 % to 100 %"),
        ("epochs", ["3", "4"], "one value"),
    ],
)
def test_a_bad_value_in_a_link_falls_back_with_a_notice(
    field: str, came: str | list[str], allowed: str
) -> None:
    page = open_page(**{field: came})
    assert config_of(page) == nn.TrainingConfig()
    assert len(page.warning) == 1
    notice = page.warning[0].value
    assert f"**{SETTINGS[field].label}** in the link" in notice
    assert allowed in notice
    assert (came if isinstance(came, str) else ", ".join(came))[:20] in notice
    used = SETTINGS[field].show(getattr(nn.TrainingConfig(), field))
    assert f"**{used}**" in notice
    assert field not in page.query_params


def test_the_notice_names_all_bad_values_and_goes_when_it_is_acknowledged() -> None:
    page = open_page(epochs="0", activation="swish", batch_size="32", other="kept")
    assert config_of(page).batch_size == 32
    assert "**Epochs**" in page.warning[0].value
    assert "**Activation**" in page.warning[0].value
    assert page.query_params["other"] == "kept"
    page.slider("epochs").set_value(10).run()
    assert page.warning
    page.button[0].click().run()
    assert not page.warning
    assert config_of(page).epochs == 10


def test_a_hostile_value_is_cut_short() -> None:
    page = open_page(epochs="`**" + "x" * 5000)
    assert len(page.warning[0].value) < 300


def test_a_change_is_in_the_configuration_and_in_the_url() -> None:
    page = open_page()
    page.slider("epochs").set_value(3)
    page.select_slider("learning_rate").set_value(0.02)
    page.text_input("hidden").set_value("64")
    page.selectbox("activation").set_value("gelu")
    page.run()
    config = config_of(page)
    assert (config.epochs, config.learning_rate, config.hidden) == (3, 0.02, (64,))
    assert config.activation == "gelu"


@pytest.mark.parametrize("text", ["64, 32", "64 32", " 64  ,32 "])
def test_widths_stand_between_commas_or_blanks(text: str) -> None:
    page = open_page()
    page.text_input("hidden").set_value(text).run()
    assert config_of(page).hidden == (64, 32)
    assert config_of(open_page(hidden=text)).hidden == (64, 32)


def test_no_widths_mean_no_hidden_layer() -> None:
    page = open_page()
    page.text_input("hidden").set_value(" ").run()
    assert config_of(page).hidden == ()


def test_settings_that_do_not_apply_rest_at_their_default() -> None:
    page = open_page(momentum="0.9", nesterov="true", patience="5", label_smoothing="0.1")
    assert (config_of(page).momentum, config_of(page).nesterov) == (0.9, True)
    assert config_of(page).patience is None
    page.selectbox("optimizer").set_value("adam")
    page.selectbox("loss").set_value("mse").run()
    assert page.number_input("momentum").disabled
    assert page.toggle("nesterov").disabled
    config = config_of(page)
    assert (config.momentum, config.nesterov, config.label_smoothing) == (0.0, False, 0.0)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_sets_everything_but_the_dataset(preset: str) -> None:
    page = open_page(dataset="digits", seed="5", dropout="0.5", hidden="9", momentum="0.5")
    assert page.segmented_control[0].value is None
    page.segmented_control[0].set_value(preset).run()
    assert not page.exception
    config = config_of(page)
    assert config == nn.TrainingConfig(dataset="digits", **preset_values(preset, "digits"))
    assert page.segmented_control[0].value == preset
    page.slider("epochs").set_value(77).run()
    assert page.segmented_control[0].value is None


def test_the_robust_preset_writes_only_digits_in_other_ways() -> None:
    page = open_page(dataset="digits")
    page.segmented_control[0].set_value("Robust").run()
    config = config_of(page)
    assert config.augmentation == nn.Augmentation(
        rotation=10,
        scaling=0.12,
        shear=10,
        shift=1,
        elastic=1,
        elastic_sigma=4,
        thickness=0.4,
        writing_styles=0.3,
    )
    page.selectbox("dataset").set_value("fashion_mnist").run()
    assert page.segmented_control[0].value == "Robust"
    assert page.select_slider("writing_styles").disabled
    assert config_of(page).writing_styles == 0
    assert config_of(page).rotation == 10
    page.selectbox("dataset").set_value("usps").run()
    assert config_of(page).writing_styles == 0.3


def test_augmentation_that_does_not_apply_rests_at_its_default() -> None:
    page = open_page(dataset="kmnist", writing_styles="0.5", elastic_sigma="7")
    assert not page.warning
    assert page.select_slider("writing_styles").disabled
    assert page.slider("elastic_sigma").disabled
    assert config_of(page).writing_styles == 0
    assert config_of(page).elastic_sigma == 4
    page.slider("elastic").set_value(1.0).run()
    assert config_of(page).elastic_sigma == 7


def test_the_classic_preset_is_the_seeds_set_up_and_the_first_one_shown() -> None:
    seed = dataclasses.asdict(nn.TrainingConfig())
    values = preset_values("Classic", "mnist")
    assert values | {"dataset": "mnist", "other_members": ()} == seed
    assert open_page().segmented_control[0].value == "Classic"


def test_learning_rates_are_evenly_spread_on_a_logarithmic_scale() -> None:
    ratios = [b / a for a, b in pairwise(LEARNING_RATES)]
    assert min(ratios) > 1.3
    assert max(ratios) < 1.7
    assert LEARNING_RATES[0] <= 1e-5
    assert LEARNING_RATES[-1] == 5


@pytest.mark.parametrize(
    "config",
    [
        nn.TrainingConfig(dataset="digits"),
        nn.TrainingConfig(dataset="digits", hidden=()),
        nn.TrainingConfig(dataset="emnist_letters", hidden=(7, 5), batch_norm=True),
        nn.TrainingConfig(dataset="digits", convolutions=(5, 6), hidden=(7,)),
        nn.TrainingConfig(dataset="digits", ensemble=3),
    ],
)
def test_the_number_of_parameters_is_that_of_the_network(config: nn.TrainingConfig) -> None:
    images = np.zeros((2, 28, 28), np.uint8)
    network = build_network(config, images, list(data.DATASETS[config.dataset].labels))
    assert count_parameters(config) == config.ensemble * network.num_parameters


def test_every_widget_has_a_help_text() -> None:
    page = open_page()
    drawn = [
        *page.slider,
        *page.select_slider,
        *page.selectbox,
        *page.text_input,
        *page.number_input,
        *page.toggle,
    ]
    assert len(drawn) == len(SETTINGS)
    assert all(widget.help for widget in drawn)
