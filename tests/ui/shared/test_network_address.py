"""Where others find the app."""

import socket

import pytest
import streamlit as st

from ui.shared import network_address
from ui.shared.network_address import is_local, listens_to_others, network_url, public_part


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:8501/train", True),
        ("http://127.0.0.1:8501", True),
        ("http://[::1]:8501/train", True),
        ("http://app.localhost/", True),
        ("http://192.168.1.5:8501/train", False),
        ("https://scratch-nn.streamlit.app/train", False),
        ("", False),
    ],
)
def test_what_means_the_computer_itself(url: str, local: bool) -> None:
    assert is_local(url) is local


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("9.9.9.9", "9.9.9.9"),
        ("::ffff:9.9.9.9", "9.9.9.9"),
        ("2620:fe:1:2:3:4:5:6", "2620:fe:1:2::/64"),  # one household may take any of these
        ("10.0.0.1", ""),  # as a proxy's
        ("100.64.0.1", ""),
        ("fe80::1", ""),
        ("::ffff:192.168.1.7", ""),
        ("fd00::1", ""),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_what_tells_visitors_apart_in_an_address(address: str, part: str) -> None:
    assert public_part(address) == part


@pytest.mark.parametrize(
    ("address", "open_to_others"),
    [(None, True), ("0.0.0.0", True), ("127.0.0.1", False), ("localhost", False)],
)
def test_whether_others_are_let_in(
    monkeypatch: pytest.MonkeyPatch, address: str | None, open_to_others: bool
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.address": address}.__getitem__)
    assert listens_to_others() is open_to_others


def test_the_address_in_the_network_keeps_port_and_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_address, "_address_in_network", lambda: "192.168.1.5")
    assert network_url("http://localhost:8501/train") == "http://192.168.1.5:8501/train"
    assert network_url("http://localhost/train") == "http://192.168.1.5/train"


def test_without_a_network_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert network_url("http://localhost:8501/train") is None
