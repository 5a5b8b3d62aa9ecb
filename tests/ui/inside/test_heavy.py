"""What large networks take of the server's memory: little of it is kept, and not for long."""

import gc
import weakref
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

import nn
from tests.ui.inside.inside_page import inside
from ui.inside import backwards_numbers, heavy
from ui.inside.chosen_network import ChosenNetwork
from ui.shared import lately

pytestmark = pytest.mark.usefixtures("pad")


def test_of_all_views_together_the_newest_is_kept() -> None:
    made: list[str] = []

    def ask(key: str, size: int) -> None:
        def make() -> str:
            made.append(key)
            if size > heavy.MOST_BYTES:  # there is room for it before it is made
                assert heavy._heavy.find(("one",)) is None
            return key

        assert heavy.heavy((key,), make, size) == key

    for key in ("one", "two", "one", "two"):
        ask(key, heavy.MOST_BYTES // 2)
    assert made == ["one", "two"]
    ask("large", 2 * heavy.MOST_BYTES)
    ask("large", 2 * heavy.MOST_BYTES)
    ask("one", 1)
    assert made == ["one", "two", "large", "one"]


def test_what_nobody_looks_at_any_more_goes_with_its_network(
    network: nn.Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_page = []
    init = nn.Network.__init__

    def note(self: nn.Network, *args: object, **options: object) -> None:
        init(self, *args, **options)  # type: ignore[arg-type]
        of_page.append(weakref.ref(self))

    monkeypatch.setattr(nn.Network, "__init__", note)
    inside(view="backwards")
    assert any(ref() is not None and ref().dtype == np.float64 for ref in of_page)
    lately.forget_unasked(0)
    gc.collect()
    assert [ref() for ref in of_page if ref() is not None] == []


def test_chains_of_many_moments_hold_few_large_networks() -> None:
    networks = []
    for step in range(8):
        large = nn.Network.mlp([784, 1024, 10], seed=step)
        networks.append(weakref.ref(large))
        chosen = cast(ChosenNetwork, SimpleNamespace(key=f"moment {step}", network=large))
        chain = backwards_numbers.chain(chosen, np.zeros((28, 28), np.uint8), 3)
        assert chain.network is large
    del large, chosen, chain
    heavy._heavy.forget_unasked(0)
    gc.collect()
    assert [ref() is not None for ref in networks] == [False] * 2 + [True] * 6  # 3.3 MB each
