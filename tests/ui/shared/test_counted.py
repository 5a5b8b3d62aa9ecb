import pytest

from ui.shared.counted import counted


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 runs"), (1, "1 run"), (2, "2 runs"), (1200, "1,200 runs")]
)
def test_one_is_not_several(count: int, words: str) -> None:
    assert counted(count, "run") == words
