"""Whatever is no saved network of ours is refused with ValueError, and never executed."""

import json
import pickle
import tracemalloc

import numpy as np
import pytest
import safetensors.numpy

import nn


def saved(tmp_path, *, tensors=lambda tensors: tensors, metadata=None):
    """The path of a saved network whose tensors and metadata were tampered with."""
    path = tmp_path / "model.safetensors"
    nn.save(nn.Network.mlp([12, 6, 3], batch_norm=True), path)
    with safetensors.safe_open(path, framework="numpy") as file:
        notes = file.metadata() | (metadata or {})
    notes = {key: value for key, value in notes.items() if value is not None}
    changed = tensors(safetensors.numpy.load_file(path))
    path.write_bytes(safetensors.numpy.save(changed, notes))
    return path


# Files that are no safetensors


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"this is text, and not a short one" * 10, b"\x80\x04N.", bytes(1000)],
    ids=["empty", "one byte", "text", "pickle", "zeros"],
)
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"model\.safetensors is not a whole safetensors file"):
        nn.load(path)


@pytest.mark.parametrize(("content", "words"), [(b"", "it is empty"), (b"x", "damaged, cut off")])
def test_what_is_wrong_with_a_file_is_said_in_plain_words(tmp_path, content, words):
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ValueError, match=f"not a whole safetensors file: .*{words}"):
        nn.load(tmp_path / "model.safetensors")


def test_a_pickle_is_refused_and_not_executed(tmp_path):
    trace = tmp_path / "executed"

    class Payload:
        def __reduce__(self):
            return (open, (str(trace), "w"))

    path = tmp_path / "model.safetensors"
    path.write_bytes(pickle.dumps(Payload()))
    with pytest.raises(ValueError, match="not a whole safetensors file"):
        nn.load(path)
    assert not trace.exists()
    pickle.loads(path.read_bytes()).close()
    assert trace.exists()  # the payload does work


def test_a_truncated_file_is_refused_wherever_it_ends(tmp_path):
    path = saved(tmp_path)
    whole = path.read_bytes()
    for length in (1, 7, 8, 9, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match="not a whole safetensors file"):
            nn.load(path)


def test_damaged_bytes_are_refused_or_harmless(tmp_path):
    path = saved(tmp_path)
    whole = path.read_bytes()
    header = 8 + int.from_bytes(whole[:8], "little")
    rng = np.random.default_rng(0)
    refused = 0
    for _ in range(300):
        damaged = bytearray(whole)
        for position in rng.integers(0, header, 3):
            damaged[position] = rng.integers(0, 256)
        path.write_bytes(damaged)
        try:
            nn.load(path)
        except ValueError:
            refused += 1
    assert refused > 250


def test_a_missing_file_or_a_folder_is_the_usual_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        nn.load(tmp_path / "model.safetensors")
    with pytest.raises(IsADirectoryError):
        nn.load(tmp_path)


# Safetensors files that are no network of ours


def with_value(name: str, value: float):
    """Tampering that puts one value into a tensor."""

    def change(tensors):
        tensors[name].flat[0] = value
        return tensors

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (with_value("3.weight", np.nan), r"3\.weight must hold numbers in .*, got nan"),
        (with_value("3.bias", -np.inf), r"3\.bias must hold numbers in .*, got -inf"),
        (with_value("3.weight", 3e38), r"3\.weight must hold .*\[-1e\+06, 1e\+06\], .* to 3e\+38"),
        (with_value("0.bias", -2e6), r"0\.bias must hold numbers in .*, got -2e\+06"),
        (with_value("1.running_mean", np.inf), r"1\.running_mean must hold numbers in"),
        (with_value("1.running_var", -0.5), r"1\.running_var must hold numbers in \[0, .* -0\.5"),
        (with_value("1.running_var", 3e38), r"1\.running_var must hold numbers in"),
        (lambda t: t | {"0.weight": t["0.weight"].T.copy()}, r"shape \(6, 12\), got \(12, 6\)"),
        (lambda t: t | {"0.bias": t["0.bias"][:-1].copy()}, r"shape \(6,\), got \(5,\)"),
        (lambda t: {k: v for k, v in t.items() if k != "3.bias"}, "its tensors must be"),
        (lambda t: t | {"9.extra": t["0.weight"]}, "its tensors must be"),
        (lambda t: {}, "its tensors must be"),
    ],
)
def test_unfit_tensors_are_refused(tmp_path, change, message):
    with pytest.raises(ValueError, match="is not a network .*" + message):
        nn.load(saved(tmp_path, tensors=change))


BITS = {
    "BOOL": 8,
    "I32": 32,
    "F4": 4,
    "F8_E5M2": 8,
    "F8_E4M3": 8,
    "F8_E8M0": 8,
    "BF16": 16,
    "C64": 64,
}


@pytest.mark.parametrize("dtype", BITS)
def test_tensors_of_other_types_are_refused(tmp_path, dtype):
    path = saved(tmp_path)
    whole = path.read_bytes()
    size = 8 + int.from_bytes(whole[:8], "little")
    header = json.loads(whole[8:size])
    end = max(entry["data_offsets"][1] for entry in header.values() if "data_offsets" in entry)
    added = 2 * BITS[dtype] // 8
    header["x"] = {"dtype": dtype, "shape": [2], "data_offsets": [end, end + added]}
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + whole[size:] + bytes(added))
    with pytest.raises(ValueError, match=rf"must hold floating-point .*, got {dtype}$"):
        nn.load(path)


LAYER = {"type": "Linear", "in_features": 12, "out_features": 6}
NESTED = {"type": "Branches", "rows": [[{"type": "Branches", "rows": [[LAYER]]}]]}


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"layers": None}, r"missing: \['layers'\]"),
        ({"input_std": None}, r"missing: \['input_std'\]"),
        ({"input_std": "nan"}, "input_std must be a number"),
        ({"input_std": "0"}, "input_std must be a number"),
        ({"input_std": "1e-40"}, "input_std must be a number"),
        ({"input_mean": "inf"}, "input_mean must be a number"),
        ({"input_mean": "a lot"}, "a lot"),
        ({"test_time_shift": "4"}, "test_time_shift must be a whole number from 0 to 3"),
        ({"test_time_shift": "-1"}, "test_time_shift must be a whole number from 0 to 3"),
        ({"test_time_shift": "1.5"}, "1.5"),
        ({"test_time_shift": "1"}, "test_time_shift must be 0 for images that are not square"),
        ({"layers": "Linear"}, ""),
        ({"layers": "7"}, "layers must be a list of at most 1000, got 7"),
        ({"layers": '{"type": "Linear"}'}, "layers must be a list"),
        ({"layers": "[]"}, "layers must begin with a Linear or .* got none"),
        ({"layers": '[{"type": "ReLU"}]'}, r"layers must begin with a Linear .* got ReLU\(\)"),
        ({"layers": json.dumps([LAYER] * 1001)}, "layers must be a list of at most 1000, got"),
        ({"layers": '[{"type": "Branches"}]'}, "rows must be a list of at most 1000, got None"),
        ({"layers": '[{"type": "Branches", "rows": 3}]'}, "rows must be a list .*, got 3"),
        ({"layers": '[{"type": "Branches", "rows": []}]'}, "rows must hold at least one row"),
        (
            {"layers": '[{"type": "Branches", "rows": ["ab"]}]'},
            "layers must be a list .*, got 'ab'",
        ),
        ({"layers": json.dumps([{"type": "Branches", "rows": [[LAYER]], "x": 1}])}, "'x'"),
        ({"layers": json.dumps([NESTED])}, "rows must hold no Branches themselves"),
        ({"layers": "[null]"}, "a layer must be one of Linear, .* got None"),
        ({"layers": "[" * 100_000}, ""),
        ({"layers": "[" * 100_000 + "]" * 100_000}, ""),
        ({"layers": json.dumps([LAYER | {"type": "Conv3d"}])}, "a layer must be one of Linear"),
        ({"layers": json.dumps([LAYER | {"type": "__class__"}])}, "a layer must be one of"),
        ({"layers": json.dumps([LAYER | {"type": ["Linear"]}])}, ""),
        ({"layers": json.dumps([LAYER | {"device": "cuda"}])}, "device"),
        ({"layers": json.dumps([LAYER | {"self": 1}])}, "self"),
        ({"layers": json.dumps([{"type": "Linear"}])}, "in_features"),
        ({"layers": json.dumps([LAYER | {"in_features": -1}])}, "in_features must be"),
        ({"layers": json.dumps([LAYER | {"in_features": "12"}])}, "in_features must be"),
        ({"layers": json.dumps([LAYER | {"in_features": 10**4000}])}, "in_features must be"),
        ({"layers": json.dumps([{"type": "Dropout", "p": 10**400}])}, "p must be a number"),
        ({"layers": '[{"type": "Dropout", "p": NaN}]'}, "p must be a number"),
        ({"layers": json.dumps([LAYER, LAYER])}, r"layers\[1\]: .* needs 12 inputs, got 6"),
        ({"layers": json.dumps([LAYER])}, r"its tensors must be 2: \['0.bias', .* got 8: "),
    ],
)
def test_unfit_metadata_is_refused(tmp_path, metadata, message):
    with pytest.raises(ValueError, match="is not a network .*" + message):
        nn.load(saved(tmp_path, metadata=metadata))


@pytest.mark.parametrize("metadata", [{"layers": "[]"}, {"layers": '[{"type": "ReLU"}]'}])
def test_what_begins_like_no_network_has_no_outline(tmp_path, metadata):
    with pytest.raises(ValueError, match=r"is not a network .*layers must begin with"):
        nn.load_outline(saved(tmp_path, metadata=metadata))


def test_few_weights_that_want_much_memory_for_an_image_are_refused():
    """Each layer is allowed alone: together they would fill 200 MB for one image."""
    wide = [nn.Conv2d(1, 5000, 1, 28), nn.Conv2d(5000, 1, 1, 28)]
    assert nn.Network(wide).inference_batch == 2
    rows = [[nn.Conv2d(1, 5000, 1, 28), nn.Conv2d(5000, 1, 1, 28)] for _ in range(13)]
    for layers in ([layer for row in rows for layer in row], [nn.Branches(rows)]):
        with pytest.raises(
            ValueError, match=r"at most 50,000,000 values for an image, got 50,9[78]"
        ):
            nn.Network(layers)


def test_absurd_widths_are_refused_before_memory_is_taken(tmp_path):
    layers = [
        {"type": "Linear", "in_features": 12, "out_features": 1_000_000},
        {"type": "Linear", "in_features": 1_000_000, "out_features": 1_000_000},
    ]
    tensors = {
        f"{index}.{name}": np.zeros(3, np.float32)
        for index in (0, 1)
        for name in ("weight", "bias")
    }
    path = saved(tmp_path, tensors=lambda _: tensors, metadata={"layers": json.dumps(layers)})
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"0\.bias must have shape \(1000000,\)"):
            nn.load(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("metadata", [None, {"format": "pt"}])
def test_another_programs_file_is_refused_without_reading_its_tensors(tmp_path, metadata):
    path = tmp_path / "model.safetensors"
    weights = {"0.weight": np.zeros((10, 200_000), np.float32)}
    path.write_bytes(safetensors.numpy.save(weights, metadata))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"format of .* must be 'scratch-nn network 1', got"):
            nn.load(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
