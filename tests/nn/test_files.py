"""Saved networks: exact round trips, PyTorch reads them, and saving is all or nothing."""

import os

import numpy as np
import pytest
import safetensors.numpy

import nn

EVERY_LAYER = [
    lambda: nn.Linear(12, 6),
    lambda: nn.BatchNorm(6, eps=1e-3, momentum=0.2),
    lambda: nn.LeakyReLU(0.2),
    lambda: nn.Dropout(0.25),
    lambda: nn.Linear(6, 5),
    nn.ReLU,
    nn.GELU,
    nn.Tanh,
    nn.Sigmoid,
    lambda: nn.Linear(5, 3),
]


def trained(dtype="float32", **options) -> nn.Network:
    """A network of every kind of layer whose weights and running statistics are all moved."""
    network = nn.Network([make() for make in EVERY_LAYER], dtype=dtype, **options)
    rng = np.random.default_rng(0)
    network.parameters += rng.normal(0, 0.1, network.num_parameters).astype(dtype)
    for seed in range(3):
        network.forward(pixels(9, seed).astype(dtype), training=True)
    return network


def pixels(n: int = 4, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((n, 12))


# What is saved comes back


def test_float16_halves_the_file_and_comes_back_as_float32_with_three_digits(tmp_path):
    network = nn.Network.mlp([400, 30, 3])
    nn.save(network, tmp_path / "whole.safetensors")
    nn.save(network, tmp_path / "half.safetensors", np.float16)
    sizes = [(tmp_path / f"{name}.safetensors").stat().st_size for name in ("whole", "half")]
    assert 1.9 < sizes[0] / sizes[1] < 2
    loaded = nn.load(tmp_path / "half.safetensors")
    assert loaded.dtype == np.float32
    np.testing.assert_allclose(loaded.parameters, network.parameters, rtol=2**-11, atol=1e-7)


@pytest.mark.parametrize(
    ("dtype", "message"),
    [
        (np.float16, "0.weight must fit into float16, got numbers up to 100000"),
        (np.int8, "dtype must be one of float16, float32, float64, got 'int8'"),
    ],
)
def test_numbers_a_file_cannot_hold_are_refused_and_the_old_one_stays(tmp_path, dtype, message):
    network = nn.Network.mlp([4, 2])
    nn.save(network, tmp_path / "model.safetensors")
    old = (tmp_path / "model.safetensors").read_bytes()
    network.parameters[3] = 1e5
    with pytest.raises(ValueError, match=message):
        nn.save(network, tmp_path / "model.safetensors", dtype)
    assert (tmp_path / "model.safetensors").read_bytes() == old


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_network_comes_back_as_it_was(tmp_path, dtype):
    notes = {"dataset": "mnist", "labels": '["0", "1", "ä"]'}
    network = trained(dtype, input_mean=0.1306604762738429, input_std=1 / 3, metadata=notes)
    nn.save(network, tmp_path / "model.safetensors")
    loaded = nn.load(str(tmp_path / "model.safetensors"))

    assert repr(loaded.layers) == repr(network.layers)
    assert (loaded.input_mean, loaded.input_std) == (network.input_mean, network.input_std)
    assert loaded.metadata == notes
    assert loaded.dtype == dtype
    np.testing.assert_array_equal(loaded.parameters, network.parameters)
    for name, buffer in network.named_buffers().items():
        np.testing.assert_array_equal(loaded.named_buffers()[name], buffer)
    np.testing.assert_array_equal(loaded.predict_proba(pixels()), network.predict_proba(pixels()))


def test_torch_loads_the_file_as_it_is(tmp_path):
    torch = pytest.importorskip("torch")
    from safetensors.torch import load_file

    network = trained()
    nn.save(network, tmp_path / "model.safetensors")
    twin = torch.nn.Sequential(
        torch.nn.Linear(12, 6),
        torch.nn.BatchNorm1d(6, eps=1e-3),
        torch.nn.LeakyReLU(0.2),
        torch.nn.Dropout(0.25),
        torch.nn.Linear(6, 5),
        torch.nn.ReLU(),
        torch.nn.GELU(approximate="tanh"),
        torch.nn.Tanh(),
        torch.nn.Sigmoid(),
        torch.nn.Linear(5, 3),
    ).eval()
    twin.load_state_dict(load_file(tmp_path / "model.safetensors"), strict=True)
    x = pixels(50).astype(np.float32)
    with torch.no_grad():
        expected = twin(torch.from_numpy(x))
    np.testing.assert_allclose(network.forward(x), expected, atol=1e-5)


def test_half_precision_weights_load_as_float32(tmp_path):
    network, path = trained(), tmp_path / "model.safetensors"
    nn.save(network, path)
    with safetensors.safe_open(path, framework="numpy") as file:
        metadata = file.metadata()
    tensors = safetensors.numpy.load_file(path)
    halves = {name: tensor.astype(np.float16) for name, tensor in tensors.items()}
    path.write_bytes(safetensors.numpy.save(halves, metadata))
    loaded = nn.load(path)
    assert loaded.dtype == np.float32
    expected = network.predict_proba(pixels())
    np.testing.assert_allclose(loaded.predict_proba(pixels()), expected, atol=5e-3)


# Saving


def test_saving_replaces_the_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"old")
    nn.save(trained(), path)
    nn.load(path)
    assert os.listdir(tmp_path) == ["model.safetensors"]


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_an_interrupted_save_leaves_the_old_file(tmp_path, monkeypatch, step):
    path = tmp_path / "model.safetensors"
    nn.save(trained(), path)
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(
        "pathlib.Path.write_bytes" if step == "write_bytes" else "os.replace", interrupted
    )
    with pytest.raises(KeyboardInterrupt):
        nn.save(nn.Network.mlp([4, 2]), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["model.safetensors"]


def test_saving_where_one_cannot_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        nn.save(trained(), tmp_path / "missing" / "model.safetensors")


def test_the_outline_of_a_file_tells_of_its_network_without_the_weights(tmp_path):
    networks = [nn.Network.mlp([6, 4, 4, 3], seed=seed, metadata={"a": "b"}) for seed in (0, 1)]
    nn.save(nn.join(networks), tmp_path / "model.safetensors")
    outline = nn.load_outline(tmp_path / "model.safetensors")
    assert outline.metadata["a"] == "b"
    assert nn.architecture(outline) == "2 × 6-4-4-3"


@pytest.mark.parametrize("content", [b"", b"no network", bytes(100)])
def test_what_is_no_network_has_no_outline(tmp_path, content):
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ValueError, match=r"model.safetensors"):
        nn.load_outline(tmp_path / "model.safetensors")
