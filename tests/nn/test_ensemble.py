"""Networks that answer together as one."""

import numpy as np
import pytest

import nn
from nn.training.state import rng_state, set_rng_state
from nn.training.workers import can_share

IMAGES = np.random.default_rng(0).integers(0, 256, (40, 12), dtype=np.uint8)


def network(seed: int, *, widths=(12, 8, 6, 4), temperature=1.0, **options) -> nn.Network:
    made = nn.Network.mlp(widths, seed=seed, temperature=temperature, **options)
    rng = np.random.default_rng(seed)
    for values in (*made.named_parameters().values(), *made.named_buffers().values()):
        values += rng.uniform(0, 0.3, values.shape)  # biases and statistics too
    return made


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"widths": (12, 4)},
        {"widths": (12, 8, 4)},
        {"widths": (12, 8, 8, 6, 4), "activation": "gelu"},
        {"batch_norm": True, "dropout": 0.3, "input_mean": 0.1, "input_std": 0.3},
        {"dtype": np.float64},
    ],
    ids=str,
)
def test_joined_networks_give_the_mean_of_their_logits_at_their_temperatures(options):
    temperatures = (0.5, 1.0, 2.0)
    networks = [network(i, temperature=t, **options) for i, t in enumerate(temperatures)]
    mean = np.mean([one.predict_logits(IMAGES) / one.temperature for one in networks], axis=0)
    joined = nn.join(networks)
    np.testing.assert_allclose(joined.predict_logits(IMAGES), mean, rtol=1e-5, atol=1e-5)
    assert joined.temperature == 1
    assert joined.dtype == networks[0].dtype


def test_a_network_joined_with_itself_gives_the_same_answers():
    one = network(0)
    np.testing.assert_allclose(
        nn.join([one, one]).predict_proba(IMAGES), one.predict_proba(IMAGES), rtol=1e-5
    )


@pytest.mark.parametrize("options", [{}, {"batch_norm": True, "dropout": 0.3}], ids=str)
@pytest.mark.parametrize("count", [1, 3, 4])
def test_members_are_what_was_joined_and_join_to_the_same_again(count, options):
    networks = [network(i, temperature=1 + i, input_std=0.3, **options) for i in range(count)]
    joined = nn.join(networks)
    members = [nn.member(joined, index) for index in range(count)]
    for one, part in zip(networks, members, strict=True):
        logits = one.predict_logits(IMAGES) / one.temperature
        np.testing.assert_allclose(part.predict_logits(IMAGES), logits, rtol=1e-5, atol=1e-5)
        assert (part.temperature, nn.member_count(part)) == (1, 1)
    again = nn.join(members).state_dict()
    for name, values in joined.state_dict().items():
        np.testing.assert_allclose(again[name], values, rtol=0 if count in (1, 4) else 1e-6)


def test_unlike_members_can_be_taken_out():
    joined = nn.join([convolutional(1), network(2, widths=(16, 5, 4))])
    assert [nn.architecture(nn.member(joined, index)) for index in range(2)] == [
        nn.architecture(convolutional(1)),
        "16-5-4",
    ]


def test_a_member_is_a_copy_and_keeps_what_belongs_to_all():
    notes, averaging = {"dataset": "digits"}, nn.Averaging(1)
    options = {"widths": (16, 5, 4), "metadata": notes, "averaging": averaging}
    joined = nn.join([network(seed, **options) for seed in range(2)])
    before = joined.parameters.copy()
    part = nn.member(joined, 1)
    part.parameters[:] = 0
    np.testing.assert_array_equal(joined.parameters, before)
    assert (part.metadata, part.averaging, part.labels) == (notes, averaging, joined.labels)


def test_a_single_network_is_its_own_member():
    one = network(0, temperature=2.0)
    assert nn.member(one, 0) is one


@pytest.mark.parametrize("index", [-1, 2, 0.5])
def test_a_member_that_is_not_there_is_refused(index):
    joined = nn.join([network(seed) for seed in range(2)])
    with pytest.raises(ValueError, match="index must be a whole number from 0 to 1"):
        nn.member(joined, index)


def test_a_network_that_goes_on_behind_its_branches_has_no_members():
    rows = [[nn.Linear(12, 4)], [nn.Linear(12, 4)]]
    with pytest.raises(ValueError, match="network must be one that join made"):
        nn.member(nn.Network([nn.Branches(rows), nn.ReLU()]), 0)


def test_joined_networks_are_saved_and_loaded(tmp_path):
    joined = nn.join([network(seed) for seed in range(3)])
    nn.save(joined, tmp_path / "model.safetensors")
    loaded = nn.load(tmp_path / "model.safetensors")
    np.testing.assert_array_equal(loaded.predict_logits(IMAGES), joined.predict_logits(IMAGES))
    assert nn.member_count(loaded) == 3
    assert nn.architecture(loaded) == "3 × 12-8-6-4"


def test_joined_networks_can_be_trained_on(numeric_gradient):
    joined = nn.join([network(seed, dtype=np.float64) for seed in range(2)])
    loss, labels = nn.CrossEntropyLoss(), np.arange(40) % 4
    inputs = joined.scale_input(IMAGES)
    joined.backward(loss(joined.forward(inputs, training=True), labels)[1])
    numeric = numeric_gradient(lambda: loss(joined.forward(inputs), labels)[0], joined.parameters)
    np.testing.assert_allclose(joined.gradients, numeric, atol=1e-7)


def test_unlike_joined_networks_can_be_trained_on(numeric_gradient):
    options = {"dtype": np.float64}
    networks = [convolutional(1, **options), network(2, widths=(16, 5, 4), **options)]
    joined = nn.join([*networks, convolutional(3, **options)])
    loss, labels = nn.CrossEntropyLoss(), np.arange(7) % 4
    inputs = joined.scale_input(np.random.default_rng(2).random((7, 16)))
    joined.backward(loss(joined.forward(inputs), labels)[1])
    numeric = numeric_gradient(lambda: loss(joined.forward(inputs), labels)[0], joined.parameters)
    np.testing.assert_allclose(joined.gradients, numeric, atol=1e-7)


def test_a_single_network_is_described_by_its_widths():
    assert (nn.member_count(network(0)), nn.architecture(network(0))) == (1, "12-8-6-4")
    assert nn.architecture(nn.join([network(0)])) == "12-8-6-4"


def convolutional(seed: int, **options) -> nn.Network:
    """For 4 x 4 pixels."""
    layers = [nn.Conv2d(1, 3, 3, 4), nn.MaxPool2d(3, 2), nn.ReLU(), nn.Flatten(3, 1)]
    layers += [nn.Linear(3, 5), nn.BatchNorm(5), nn.ReLU(), nn.Dropout(0.3), nn.Linear(5, 4)]
    return nn.Network(layers, seed=seed, **options)


def test_networks_of_unlike_layers_are_joined_too(tmp_path):
    images = np.random.default_rng(1).random((9, 4, 4))
    options = {"averaging": nn.Averaging(1), "input_std": 0.3}
    networks = [network(seed, widths=(16, 8, 6, 4), **options) for seed in range(2)]
    networks.append(convolutional(5, temperature=1.7, **options))
    nn.save(nn.join(networks), tmp_path / "model.safetensors")
    loaded = nn.load(tmp_path / "model.safetensors")
    mean = sum(one.predict_logits(images) / one.temperature for one in networks) / 3
    np.testing.assert_allclose(loaded.predict_logits(images), mean, rtol=1e-5, atol=1e-5)
    assert nn.member_count(loaded) == 3
    assert nn.architecture(loaded) == "2 × 16-8-6-4 + 16-3C3-5-4"


def test_the_members_and_the_joined_network_share_no_weights():
    one = network(0)
    joined = nn.join([one, one])
    before = joined.predict_logits(IMAGES)
    one.parameters[...] = 0
    np.testing.assert_array_equal(joined.predict_logits(IMAGES), before)
    twin = joined.copy()
    joined.parameters[...] = 0
    np.testing.assert_array_equal(twin.predict_logits(IMAGES), before)


def test_dropout_in_a_joined_network_goes_on_where_it_was():
    joined = nn.join([convolutional(seed) for seed in range(2)])
    inputs = np.random.default_rng(0).random((6, 16), np.float32)
    state = rng_state(joined)
    first = joined.forward(inputs, training=True).copy()
    assert not np.array_equal(joined.forward(inputs, training=True), first)
    set_rng_state(joined, state)
    np.testing.assert_array_equal(joined.forward(inputs, training=True), first)


def test_a_network_with_batch_normalisation_inside_is_not_split_between_processes():
    for inside, shared in ((convolutional, False), (network, True)):
        joined = nn.join([inside(seed) for seed in range(2)])
        assert can_share(joined, nn.SGD(joined.parameters, joined.gradients)) == shared


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (lambda: network(1, widths=(9, 8, 4)), r"networks\[1\] must have the number of inputs"),
        (lambda: network(1, widths=(12, 8, 3)), r"networks\[1\] must have the labels of the first"),
        (lambda: network(1, input_mean=0.5), r"networks\[1\] must have the input scaling"),
        (lambda: network(1, dtype=np.float64), r"networks\[1\] must have the dtype"),
        (
            lambda: network(1, metadata={"labels": '["a", "b", "c", "d"]'}),
            r"networks\[1\] must have the labels of the first, .*'0'.* got .*'a'",
        ),
    ],
)
def test_networks_that_do_not_fit_are_refused(other, message):
    with pytest.raises(ValueError, match=message):
        nn.join([network(0), other()])


def test_joined_networks_and_those_without_a_linear_end_are_refused():
    joined = nn.join([network(0), network(1)])
    with pytest.raises(ValueError, match=r"networks\[0\] must be a single network"):
        nn.join([joined, joined])
    ends = [nn.Network([nn.Linear(12, 4), nn.ReLU()]) for _ in range(2)]
    with pytest.raises(ValueError, match=r"networks\[0\] must end with a Linear layer, got ReLU"):
        nn.join(ends)


def test_no_networks_are_refused():
    with pytest.raises(ValueError, match="at least one network, got none"):
        nn.join([])
