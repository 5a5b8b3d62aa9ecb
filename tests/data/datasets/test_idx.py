"""The IDX reader."""

import gzip
import tracemalloc

import numpy as np
import pytest

from data.datasets.idx import parse_idx, read_unpacked


def test_reads_a_file_spelled_out_byte_by_byte():
    content = bytes.fromhex("00000803 00000002 00000001 00000003 010203 0405ff")
    assert parse_idx(content).tolist() == [[[1, 2, 3]], [[4, 5, 255]]]
    assert parse_idx(bytes.fromhex("00000801 00000003 070809")).tolist() == [7, 8, 9]


def test_written_arrays_come_back(idx_bytes):
    array = np.random.default_rng(0).integers(0, 256, (5, 28, 28), np.uint8)
    result = parse_idx(idx_bytes(array))
    assert result.dtype == np.uint8
    np.testing.assert_array_equal(result, array)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not an IDX file"),
        (b"PK\x03\x04", "not an IDX file"),
        (bytes.fromhex("00000d01 00000001 00000000"), "type 13"),
        (bytes.fromhex("00000802 00000001 00000001 00"), "in 2"),
        (bytes.fromhex("00000803 00000001"), "ends inside its header"),
        (bytes.fromhex("00000801 00000003 0708"), "must hold 3 values, got 2"),
        (bytes.fromhex("00000801 00000003 0708090a"), "must hold 3 values, got 4"),
        (bytes.fromhex("00000803 ffffffff ffffffff ffffffff 00"), "got 1"),
    ],
)
def test_refuses_what_is_no_idx_file(content, words):
    with pytest.raises(ValueError, match=words):
        parse_idx(content)


def test_unpacks_by_content_not_by_name(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(b"hello"))
    assert read_unpacked(path) == b"hello"
    path.write_bytes(b"hello")
    assert read_unpacked(path) == b"hello"


@pytest.mark.parametrize("damage", [lambda c: c[:-9], lambda c: c[:15] + b"??" + c[17:]])
def test_names_a_damaged_gzip_file(tmp_path, damage):
    path = tmp_path / "train.gz"
    path.write_bytes(damage(gzip.compress(bytes(range(256)) * 10)))
    with pytest.raises(ValueError, match=r"train\.gz is damaged"):
        read_unpacked(path)


def test_a_small_file_that_unpacks_to_much_is_refused_before_it_does(tmp_path):
    path = tmp_path / "labels.gz"
    path.write_bytes(gzip.compress(bytes(60_000_000), 1))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"labels\.gz is damaged: it must unpack to at most"):
            read_unpacked(path, 10_008)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
