"""Names of classes for fonts and terminals that know few signs."""

import pytest

from nn.labels import ascii_label


@pytest.mark.parametrize(
    ("label", "short"),
    [("ki き", "ki"), ("7", "7"), ("T-shirt/top", "T-shirt/top"), ("き", "き"), ("", "")],
)
def test_signs_beyond_ascii_are_left_out_unless_there_are_no_others(label, short):
    assert ascii_label(label) == short
