"""Files of records: what is kept, what is dropped, and what accidents leave."""

import numpy as np
import pytest

from nn.history.moments import is_moment
from nn.history.records import MOMENT, RecordFile

DTYPE = np.dtype([*MOMENT, ("values", "<f2", (3,))])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "values.bin"


def fill(file, epochs):
    for epoch in epochs:
        file.append(round(10 * epoch), epoch, values=[epoch] * 3)


def test_moments_are_close_at_first():
    moments = [step for step in range(1601) if is_moment(step, 400)]
    powers = {0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512}
    quarters = {100, 200, 300, 400, 500, 600, 700, 800}
    assert moments == sorted(powers | quarters | {1200, 1600})


def test_quarters_of_an_odd_epoch_are_four_too():
    moments = [step for step in range(15) if is_moment(step, 7)]
    # 7, 14: ends; 2, 4, 6 and 9, 11, 13: a quarter, two and three further on; 0, 1, 2, 4, 8: powers
    assert moments == [0, 1, 2, 4, 6, 7, 8, 9, 11, 13, 14]


def test_what_is_written_is_read(path):
    fill(RecordFile(path, DTYPE, 10), [0, 0.5, 1])
    records = RecordFile(path, DTYPE, 10).read()
    assert records["step"].tolist() == [0, 5, 10]
    assert records["epoch"].tolist() == [0, 0.5, 1]
    np.testing.assert_array_equal(records["values"], np.repeat([[0], [0.5], [1]], 3, axis=1))


def test_half_a_record_does_not_count_and_goes_with_the_next_one(path):
    file = RecordFile(path, DTYPE, 10)
    fill(file, [0, 1])
    with open(path, "ab") as torn:
        torn.write(b"half")
    assert RecordFile(path, DTYPE, 10).read()["epoch"].tolist() == [0, 1]
    fill(RecordFile(path, DTYPE, 10), [2])
    assert RecordFile(path, DTYPE, 10).read()["epoch"].tolist() == [0, 1, 2]
    assert path.stat().st_size == 3 * DTYPE.itemsize


def test_it_is_cut_back_to_a_step(path):
    file = RecordFile(path, DTYPE, 10)
    fill(file, [0, 1, 2, 3])
    file.keep(file.read()["step"] <= 20)
    assert file.read()["step"].tolist() == [0, 10, 20]
    fill(file, [2.5])
    assert file.read()["step"].tolist() == [0, 10, 20]  # beyond the beginning, ends of epochs only
    fill(file, [3])
    assert file.read()["step"].tolist() == [0, 10, 20, 30]


def test_where_a_training_ended_in_between_does_not_change_what_is_kept(path):
    file = RecordFile(path, DTYPE, 12)
    fill(file, range(14))
    kept = file.read()["epoch"].tolist()
    stride = int(kept[-1] - kept[-2])
    assert stride > 1
    file.add(139, 13.9, values=[0] * 3)
    fill(RecordFile(path, DTYPE, 12), range(14, 18))
    later = [epoch for epoch in range(14, 18) if epoch % stride == 0]
    assert file.read()["epoch"].tolist() == [*kept, 13.9, *later]


def test_of_too_many_late_ones_every_second_is_kept_and_they_stay_even(path):
    file = RecordFile(path, DTYPE, 12)
    fill(file, [0, 0.5, 1, 1.5, 2, *range(3, 60)])
    epochs = file.read()["epoch"].tolist()
    assert epochs[:5] == [0, 0.5, 1, 1.5, 2]
    assert len(epochs) <= 12
    assert len(set(np.diff(epochs[5:]))) == 1
    # Whoever opens it again goes on in the same steps.
    fill(RecordFile(path, DTYPE, 12), range(60, 80))
    again = file.read()["epoch"].tolist()
    assert len(set(np.diff(again[5:]))) == 1
    assert len(again) <= 12


def test_of_too_many_early_ones_every_second_is_kept(path):
    file = RecordFile(path, DTYPE, 4)
    fill(file, [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2])
    epochs = file.read()["epoch"].tolist()
    assert len(epochs) <= 4
    assert (epochs[0], epochs[-1]) == (0, 2)


def test_a_full_disk_leaves_it_whole(path, monkeypatch):
    file = RecordFile(path, DTYPE, 10)
    fill(file, [0, 1])
    broken = np.dtype([*MOMENT, ("values", "<f2", (3,))])
    monkeypatch.setattr("builtins.open", full_disk(open))
    with pytest.raises(OSError, match="No space left"):
        fill(file, [2])
    monkeypatch.undo()
    assert RecordFile(path, broken, 10).read()["epoch"].tolist() == [0, 1]
    fill(file, [2])
    assert file.read()["epoch"].tolist() == [0, 1, 2]


def full_disk(open_file):
    """`open`, whose files take but ten bytes at a time."""

    class Full:
        def __init__(self, *arguments, **options):
            self.file = open_file(*arguments, **options)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def truncate(self, size):
            self.file.truncate(size)

        def write(self, content):
            return self.file.write(content[:10])

    return Full
