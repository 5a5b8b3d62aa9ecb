"""What the settings of the Train page say to values that are not allowed."""

import pytest

import data
from tests.ui.train.settings_page import config_of, open_page


@pytest.fixture(autouse=True)
def mnist_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "is_available", lambda name: True)


def test_too_many_validation_images_are_refused_with_the_limit() -> None:
    page = open_page(dataset="digits", val_size="1500")
    assert [error.value for error in page.error] == [
        "**Validation images**: please enter at most 721 "
        "(Small digits (built in) has 1,442 training images)."
    ]
    assert "Validation images" in page.text[0].value


@pytest.mark.parametrize(("field", "number"), [("val_size", 99_999_999), ("dropout", 1.5)])
def test_a_number_that_is_too_large_is_told_and_stays_in_its_box(field: str, number: float) -> None:
    page = open_page()
    page.number_input(field).set_value(number).run()
    assert len(page.error) == 1
    assert "please enter at most" in page.error[0].value
    assert page.number_input(field).value == number
    assert not page.json
    assert not page.warning
    page.number_input(field).set_value(0).run()
    assert not page.error
    assert page.json


def test_a_warm_up_longer_than_the_training_is_told_in_words() -> None:
    page = open_page(epochs="3", warmup_epochs="5")
    told = "**Warm-up epochs**: please enter at most 3 (the training has 3 epochs)."
    assert page.error[0].value == told


@pytest.mark.parametrize("text", ["abc", "128;64", "0"])
def test_nonsense_in_hidden_layers_gives_one_message_that_goes_when_it_is_mended(
    text: str,
) -> None:
    page = open_page()
    page.text_input("hidden").set_value(text)
    page.query_params["hidden"] = text  # as the bound widget does in the browser
    page.run()
    assert len(page.error) == 1
    assert "whole numbers from 1 to 2,048, such as “128, 64”" in page.error[0].value
    assert not page.warning
    assert page.text_input("hidden").value == text
    page.text_input("hidden").set_value("64")
    page.query_params["hidden"] = "64"
    page.run()
    assert not page.error
    assert not page.warning
    assert config_of(page).hidden == (64,)


def test_a_preset_keeps_validation_images_that_the_dataset_has() -> None:
    page = open_page()
    page.segmented_control[0].set_value("Fast").run()
    assert config_of(page).val_size == 5000
    page.selectbox("dataset").set_value("digits").run()
    assert config_of(page).val_size == 144
    assert page.segmented_control[0].value == "Fast"
    page.selectbox("dataset").set_value("mnist").run()
    assert config_of(page).val_size == 5000
    assert config_of(open_page()).val_size == 0


def test_a_smaller_dataset_lowers_the_validation_images_and_says_so() -> None:
    page = open_page(val_size="9000")
    page.selectbox("dataset").set_value("digits").run()
    assert config_of(page).val_size == 721
    assert "lowered to 721" in page.toast[0].value


def test_convolutions_are_listed_with_their_size_and_refused_where_they_do_not_fit() -> None:
    page = open_page(convolutions="16, 32", hidden="128")
    assert not page.error
    assert config_of(page).convolutions == (16, 32)
    page.text_input("convolutions").set_value("4, 4, 4").run()
    assert "please enter at most 2 layers" in page.error[0].value
    page.text_input("convolutions").set_value("65").run()
    assert "whole numbers from 1 to 64, such as “16, 32”" in page.error[0].value


def test_a_batch_that_fills_too_much_memory_with_its_filters_is_refused() -> None:
    page = open_page(convolutions="64", batch_size="256")
    message = page.text[0].value
    assert "**Batch size**: A batch of 256 images is too large" in message
    assert "64 filters" in message
    assert "at most 128 are allowed" in message


def test_answers_that_would_take_too_long_are_refused() -> None:
    slow = {"convolutions": "64, 64", "hidden": "128", "test_time_shift": "3"}
    assert config_of(open_page(**slow)).test_time_shift == 3
    message = open_page(**slow, test_time_rotation="8").text[0].value
    # 39 copies with 7.6 million multiplications and 180,000 values, 64 times as dear: 745 of 400.
    assert "1.9 times as long as is allowed" in message
    assert "Choose fewer filters or networks, or a smaller test-time shift or rotation" in message
    assert "39 copies" in message


def test_it_is_the_filters_where_there_are_no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.settings.network_size.MAX_ANSWER_COST", 10**7)
    message = open_page(convolutions="64, 64", hidden="128").text[0].value
    assert message.endswith("on this page. Choose fewer filters or networks.")


def test_a_link_with_too_many_convolutions_names_what_is_used_instead() -> None:
    page = open_page(convolutions="4,4,4")
    assert "Allowed: at most 2 layers. Used instead: **none**." in page.warning[0].value


@pytest.mark.parametrize("text", ["12, x", "0", "64,,32", "9" * 30, ";"])
def test_bad_widths_are_refused_with_what_is_allowed(text: str) -> None:
    page = open_page()
    page.text_input("hidden").set_value(text).run()
    assert "whole numbers from 1 to 2,048" in page.error[0].value
    assert page.text[0].value.startswith("refused")


def test_a_network_that_is_too_large_is_refused() -> None:
    page = open_page()
    page.text_input("hidden").set_value("2048, 2048").run()
    assert "parameters are too many" in page.text[0].value
