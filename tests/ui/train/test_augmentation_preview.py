"""The preview of augmentation: which images it shows, and how they follow the settings."""

from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from ui.settings.augmentation import AUGMENTATION, are_digits
from ui.train.distorted_images import COPIES, beside_copies, sample_images


def preview_page(**settings: float) -> None:
    import nn
    from ui.train import augmentation_preview

    augmentation_preview.preview("digits", nn.Augmentation(**settings), here=True)


def open_page(**settings: float) -> AppTest:
    page = AppTest.from_function(preview_page, kwargs=settings)
    page.run()
    assert not page.exception
    return page


def pictures(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.get("html")]


def test_the_images_shown_are_of_the_digits_that_are_written_in_several_ways() -> None:
    images, labels = sample_images("digits", 0)
    assert labels.tolist() == [0, 1, 7, 9]
    digits = data.load("digits")
    for image, label in zip(images, labels, strict=True):
        same = (digits.train_images == image).all(axis=(1, 2))
        assert label in digits.train_labels[same]
    again, _ = sample_images("digits", 0)
    other, _ = sample_images("digits", 1)
    assert np.array_equal(again, images)
    assert not np.array_equal(other, images)


def test_a_class_that_is_rare_or_missing_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = np.tile(np.array([0, 1, 9], np.uint8), 1000)
    images = np.zeros((len(labels), 28, 28), np.uint8)
    dataset = SimpleNamespace(train_images=images, train_labels=labels)
    monkeypatch.setattr(data, "load", lambda name: dataset)
    assert sample_images("mnist", 0)[1].tolist() == [0, 1, 9]
    labels[-1], images[-1] = 7, 255
    images_shown, labels_shown = sample_images("mnist", 0)
    assert labels_shown.tolist() == [0, 1, 7, 9]
    assert images_shown.max(axis=(1, 2)).tolist() == [0, 0, 255, 0]


def test_originals_come_first_and_copies_differ() -> None:
    images, labels = sample_images("digits", 0)
    rows = beside_copies(images, labels, nn.Augmentation(rotation=20, shift=2), seed=0)
    assert rows.shape == (4, 1 + COPIES, 28, 28)
    assert np.array_equal(rows[:, 0], images)
    for row in rows:
        assert len(np.unique(row.reshape(1 + COPIES, -1), axis=0)) == 1 + COPIES


@pytest.mark.parametrize("moved", ["rotation", "thickness", "shift"])
def test_a_small_change_of_a_setting_changes_the_copies_a_little(moved: str) -> None:
    images, labels = sample_images("digits", 0)

    def copies(**settings: float) -> np.ndarray:
        everything = {"rotation": 10.0, "elastic": 1.0, "shift": 1.0, "thickness": 0.4} | settings
        rows = beside_copies(images, labels, nn.Augmentation(**everything), seed=3)
        return rows[:, 1:].astype(float)

    before = {"rotation": 10.0, "thickness": 0.4, "shift": 1.0}[moved]
    a_little = np.abs(copies(**{moved: 1.05 * before}) - copies()).mean()
    by_chance = np.abs(copies()[:, 1:] - copies()[:, :-1]).mean()
    assert 0 < a_little < by_chance / 4


def test_ways_of_writing_leave_the_other_distortions_as_they_are() -> None:
    images = sample_images("digits", 0)[0]
    labels = np.array([3, 3, 3, 3])  # which have no marks
    with_styles, without = (
        beside_copies(images, labels, nn.Augmentation(rotation=20, writing_styles=share), seed=0)
        for share in (0.5, 0)
    )
    assert np.array_equal(with_styles, without)


def test_the_preview_stays_until_it_is_shuffled() -> None:
    page = open_page(rotation=20)
    (before,) = pictures(page)
    assert "Images of 0, 1, 7, 9, each beside 5 copies distorted." in before
    page.run()
    assert pictures(page) == [before]
    page.button[0].click().run()
    assert pictures(page) != [before]


def test_without_distortion_the_preview_says_what_to_do() -> None:
    page = open_page()
    assert "No distortion yet: move a slider" in page.caption[0].value
    assert "5 copies not distorted yet." in pictures(page)[0]
    assert "what the network may see" in open_page(shift=1).caption[0].value


def test_each_distortion_is_explained_with_its_formula_and_a_picture() -> None:
    page = open_page(rotation=20)
    assert not page.latex
    page.session_state["augmentation_how"] = True
    page.run()
    assert not page.exception
    kinds = [setting.label for field, setting in AUGMENTATION.items() if field != "elastic_sigma"]
    assert len(page.latex) == 1 + len(kinds)
    words = "\n".join(element.value for element in page.markdown)
    for label in kinds:
        assert f"**{label}**" in words
        assert any(f"distorted by {label.lower()} alone" in html for html in pictures(page))
    assert "**Rotation** (off" not in words
    assert "**Shift** (off; an example)" in words
    assert "θ is at most 20° to either side." in [caption.value for caption in page.caption]


def test_which_datasets_are_digits() -> None:
    named = {name for name in data.DATASETS if are_digits(name)}
    assert named == {"mnist", "emnist_digits", "usps", "digits"}
