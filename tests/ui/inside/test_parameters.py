"""What goes from the address of the page Inside when something else is chosen."""

from types import SimpleNamespace

import pytest

from ui.inside import parameters

ALL = dict.fromkeys(parameters.NAMES, "1")


@pytest.fixture
def address(monkeypatch):
    """The parameters in an address."""
    there = dict(ALL)

    def put(values):
        there.update({name: value for name, value in values.items() if value is not None})
        for name, value in values.items():
            if value is None:
                there.pop(name, None)

    monkeypatch.setattr(parameters.address, "get", there.get)
    monkeypatch.setattr(parameters.address, "put", put)
    return there


def test_what_is_of_another_neuron_goes(address):
    parameters.choose_neuron(1, 7)
    assert address == {
        name: "7" if name == "neuron" else "1" for name in ALL.keys() - {"input", "path", "place"}
    }


def test_what_is_of_the_same_neuron_stays(address):
    parameters.choose_neuron(1, 1, path="2.3")
    assert address == ALL | {"path": "2.3"}


def test_of_another_layer_no_neuron_is_chosen(address):
    parameters.choose_neuron(2, None)
    assert address["layer"] == "2"
    assert address.keys() & {"neuron", "input", "path", "place"} == set()


def test_of_another_network_only_image_and_view_and_their_settings_stay(address):
    parameters.choose_network(member="4")
    gone = {"at", "off", "layer", "neuron", "input", "path", "place"}
    gone |= {"map_alone", "map_selected"}
    gone |= {"map_layer", "land_other", "land_point", "surgery", "surgery_from", "time_rate"}
    gone |= {"went_on"}
    assert address == dict.fromkeys(ALL.keys() - gone, "1") | {"member": "4"}


def test_the_pixels_are_those_of_each_network(address):
    address["map_layer"] = "-1"
    parameters.choose_network(member="4")
    assert address["map_layer"] == "-1"


def test_a_fragment_chooses_nothing(address, monkeypatch):
    """What it brings along of the page's boxes may be from before the last choice: once a view that
    a neuron was just opened in was taken back in the address, and stayed on the page."""
    context = SimpleNamespace(fragment_ids_this_run=["of the weights, which have arrived"])
    monkeypatch.setattr(parameters, "get_script_run_ctx", lambda: context)
    parameters.choose(view="activations")
    assert address == ALL
    context.fragment_ids_this_run = None
    parameters.choose(view="activations")
    assert address == ALL | {"view": "activations"}


def test_what_a_hand_chose_at_the_same_moment_counts_and_is_shown(address, monkeypatch):
    """The browser puts both into one message: once a click right after the weights' arrival was
    lost."""
    state, reruns = {}, []
    monkeypatch.setattr(parameters.st, "session_state", state)
    monkeypatch.setattr(parameters.st, "rerun", lambda: reruns.append(True))
    context = SimpleNamespace(fragment_ids_this_run=["of the weights, which have arrived"])
    monkeypatch.setattr(parameters, "get_script_run_ctx", lambda: context)
    parameters.of_hand(lambda: parameters.choose(place=7))()
    assert address == ALL | {"place": "7"}
    parameters.show_what_was_chosen()
    parameters.show_what_was_chosen()
    assert reruns == [True]
    parameters.choose(view="activations")  # a box's, in the same message
    assert address == ALL | {"place": "7"}
