"""The landscape of the loss: each point beside plain evaluation, directions and path by hand."""

import numpy as np
import pytest

import nn
from nn.landscape.directions import path_sheet, random_sheet, straight_line
from nn.landscape.loss_grid import loss_grid
from nn.landscape.path import path_beside
from nn.landscape.sheet import Sheet, state_vector
from tests.nn.landscape.small_path import IMAGES, LABELS, make, path

KINDS = ("perceptron", "batch_norm", "convolutional")
XS, YS = [-1.5, 0.0, 0.4], [-0.2, 0.0]


def plain(network, loss=None):
    return nn.loss_and_accuracy(
        network, loss or nn.CrossEntropyLoss(), IMAGES, LABELS, averaging=nn.ALONE
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("along", ["path", "random"])
@pytest.mark.parametrize("loss", [None, nn.MSELoss()])
def test_each_point_has_the_loss_of_its_network(kind, along, loss, monkeypatch):
    monkeypatch.setattr("nn.network.inference_batch", lambda *_: 16)
    networks = path(kind)
    sheet = path_sheet(networks)[0] if along == "path" else random_sheet(networks[-1])
    grids = list(loss_grid(sheet, IMAGES, LABELS, XS, YS, loss))
    assert [grid.images for grid in grids] == [16, 32, 48, 50]
    for row, y in enumerate(YS):
        for column, x in enumerate(XS):
            value, accuracy = plain(sheet.network_at(x, y), loss)
            assert grids[-1].losses[row, column] == pytest.approx(value)
            assert grids[-1].accuracies[row, column] == pytest.approx(accuracy)
    [first] = loss_grid(sheet, IMAGES[:16], LABELS[:16], XS, YS, loss)
    np.testing.assert_array_equal(grids[0].losses, first.losses)


def test_wide_products_are_made_for_fewer_images_at_a_time(monkeypatch):
    sheet = random_sheet(make("perceptron"))
    monkeypatch.setattr("nn.landscape.loss_grid.PRODUCT_VALUES", 9 * 20)
    grids = loss_grid(sheet, IMAGES, LABELS, XS, YS)
    assert [grid.images for grid in grids] == [20, 40, 50]


@pytest.mark.parametrize("kind", KINDS)
def test_networks_are_left_as_they_are_and_a_sheet_too(kind):
    network = path(kind)[-1]
    before, sheet = network.copy(), random_sheet(network)
    list(loss_grid(sheet, IMAGES, LABELS, XS, YS))
    np.testing.assert_array_equal(state_vector(network), state_vector(before))
    network.parameters += 1  # it is trained further
    np.testing.assert_array_equal(state_vector(sheet.network), state_vector(before))


@pytest.mark.parametrize("kind", KINDS)
def test_the_middle_of_a_sheet_is_its_network(kind):
    networks = path(kind)
    for sheet in (path_sheet(networks)[0], random_sheet(networks[-1], 3)):
        middle = sheet.network_at(0, 0).state_dict()
        for name, tensor in networks[-1].state_dict().items():
            np.testing.assert_array_equal(middle[name], tensor)


@pytest.mark.parametrize("kind", KINDS)
def test_random_directions_are_as_long_as_the_weights_filter_by_filter(kind):
    network = path(kind)[-1]
    sheet = random_sheet(network, 1)
    for direction in (sheet.first, sheet.second):
        views = network.views(direction[: network.num_parameters])
        for name, weights in network.named_parameters().items():
            if weights.ndim == 1:
                assert not views[name].any()
                continue
            for filter_, mine in zip(weights, views[name], strict=True):
                assert np.linalg.norm(mine) == pytest.approx(np.linalg.norm(filter_))
        assert not direction[network.num_parameters :].any()
    count = network.num_parameters
    cosine = sheet.first[:count] @ sheet.second[:count] / (network.parameters**2).sum()
    assert abs(cosine) < 0.5
    np.testing.assert_array_equal(random_sheet(network, 1).second, sheet.second)
    assert not np.allclose(random_sheet(network, 2).first, sheet.first)


def test_the_directions_of_a_path_are_its_principal_components():
    decomposition = pytest.importorskip("sklearn.decomposition")
    networks = path("perceptron")
    sheet, shares = path_sheet(networks)
    theirs = decomposition.PCA(2, svd_solver="full")
    theirs.fit(np.stack([network.parameters for network in networks]))
    np.testing.assert_allclose(shares, theirs.explained_variance_ratio_)
    for mine, axis in zip((sheet.first, sheet.second), theirs.components_, strict=True):
        np.testing.assert_allclose(abs(mine @ axis), 1)


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_path_are_told_place_distance_and_both_losses(kind):
    networks = path(kind)
    sheet, _ = path_sheet(networks)
    found = path_beside(sheet, networks, IMAGES, LABELS)
    for k, network in enumerate(networks):
        x, y = found.coordinates[k]
        apart = network.parameters - networks[-1].parameters
        count = network.num_parameters
        across, up = sheet.first[:count] @ apart, sheet.second[:count] @ apart
        assert (x, y) == pytest.approx((across, up))
        off = apart - across * sheet.first[:count] - up * sheet.second[:count]
        assert found.distances[k] == pytest.approx(np.linalg.norm(off), abs=1e-7)
        assert found.losses[k] == pytest.approx(plain(network)[0])
        assert found.sheet_losses[k] == pytest.approx(plain(sheet.network_at(x, y))[0])
    assert found.coordinates[-1] == pytest.approx((0, 0), abs=1e-9)
    assert found.distances[-1] == pytest.approx(0, abs=1e-7)


def test_beside_a_path_each_image_is_looked_at_alone():
    networks = path("perceptron")
    expected = path_beside(path_sheet(networks)[0], networks, IMAGES, LABELS)
    for network in networks:
        network.averaging = nn.Averaging(1)
    found = path_beside(path_sheet(networks)[0], networks, IMAGES, LABELS)
    np.testing.assert_allclose(found.losses, expected.losses)
    np.testing.assert_allclose(found.sheet_losses, expected.sheet_losses)


def test_the_nearest_point_by_hand_where_directions_are_neither_long_nor_at_right_angles():
    network = nn.Network.mlp([2, 1], initializer="zeros", dtype="float64")
    sheet = Sheet(network, np.array([2.0, 0, 0]), np.array([1.0, 1, 0]))
    other = network.copy()
    other.parameters[...] = [5, 3, 4]
    assert sheet.coordinates(other) == pytest.approx((1, 3, 4))


@pytest.mark.parametrize("kind", KINDS)
def test_a_straight_line_leads_from_one_network_to_the_other(kind):
    one, *_, other = path(kind)
    other.input_mean = 0.2  # of another run, whose images were scaled otherwise
    line = straight_line(one, other)
    *_, grid = loss_grid(line, IMAGES, LABELS, [0, 0.5, 1], [0])
    assert grid.losses[0, [0, 2]] == pytest.approx([plain(one)[0], plain(other)[0]])
    assert grid.accuracies[0, [0, 2]] == pytest.approx([plain(one)[1], plain(other)[1]])
    assert line.coordinates(line.network_at(0.5, 0)) == pytest.approx((0.5, 0, 0), abs=1e-7)
    if kind != "batch_norm":  # whose statistics have no distance
        middle = (state_vector(one) + line.vector_at(1, 0)) / 2
        np.testing.assert_allclose(line.vector_at(0.5, 0), middle)


def test_a_variance_beside_the_path_is_never_below_nothing():
    one, *_, other = path("batch_norm")
    far = straight_line(one, other).network_at(-1e4, 0)
    assert min(far.named_buffers()["1.running_var"]) >= 0
    [grid] = loss_grid(straight_line(one, other), IMAGES, LABELS, [-1e4], [0])
    assert grid.losses[0, 0] == pytest.approx(plain(far)[0])


def test_what_cannot_be_is_refused():
    network = make("perceptron")
    sheet = random_sheet(network)
    joined = nn.join([make("perceptron"), make("perceptron")])
    for call, message in (
        (lambda: path_sheet([network] * 2), "networks must be at least 3, got 2"),
        (lambda: straight_line(network, make("convolutional")), "other must have the layers"),
        (lambda: random_sheet(network, -1), "seed must be a whole number from 0"),
        (lambda: Sheet(network, np.zeros(3), sheet.second), r"first must have shape .*\(3,\)"),
        (lambda: loss_grid(sheet, IMAGES, LABELS, [], [0]), "xs must be 1 to 1000 finite numbers"),
        (lambda: loss_grid(sheet, IMAGES, LABELS, [0], [np.inf]), "ys must be 1 to 1000 finite"),
        (lambda: loss_grid(sheet, IMAGES[:, 1:], LABELS, [0], [0]), "landscape_images must have"),
        (lambda: loss_grid(random_sheet(joined), IMAGES, LABELS, [0], [0]), "be a single one"),
        (lambda: path_beside(sheet, [], IMAGES, LABELS[1:]), "path_labels must be 50 whole"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
