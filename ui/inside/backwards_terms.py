"""What the sums of the view "Backwards" are made of: the largest terms by name, the rest as one.

Each list goes to the browser as {"head": names of the columns, "rows": [{"cells": [...]}]}, where
numbers are numbers and names are text. A row that can be followed has "follow", a neuron.
"""

from typing import Any

import numpy as np

import nn
from nn.explain.chain import Chain, Delta

MOST_NAMED = 10

Terms = dict[str, Any]


def sum_terms(chain: Chain, step: Delta, level: int, followed: int) -> Terms:
    """Of Σ w·δ over the neurons of the next layer; `followed` is named whatever its size."""
    assert step.next_layer is not None
    products = step.weights * step.deltas
    named = largest(products, always=followed)
    logits = step.next_layer == chain.layers[-1]
    names = chain.network.labels if logits else [f"neuron {k}" for k in range(len(products))]
    head = "logit of" if logits else f"layer {chain.layers.index(step.next_layer) + 1}"
    found = [
        {
            "cells": [
                names[k],
                *(float(column[k]) for column in (step.weights, step.deltas, products)),
            ],
            "follow": k,
            "followed": k == followed,
        }
        for k in named
    ]
    return {
        "head": [head, "w", "δ", "w · δ"],
        "rows": found + _rest(products, named, columns=4),
        "level": level,
    }


def place_terms(chain: Chain, layer: int, deltas: np.ndarray, seen: np.ndarray) -> Terms:
    """Of Σ δ·a over the places of a filter's map."""
    conv = chain.network.layers[layer]
    assert isinstance(conv, nn.Conv2d)
    products = deltas * seen
    named = largest(products)
    found = [
        {
            "cells": [
                f"row {k // conv.out_side}, column {k % conv.out_side}",
                *(float(column[k]) for column in (deltas, seen, products)),
            ]
        }
        for k in named
    ]
    return {"head": ["", "δ", "a", "δ · a"], "rows": found + _rest(products, named, columns=4)}


def softmax_terms(chain: Chain) -> Terms:
    """The logits and what softmax makes of them."""
    found = [
        {"cells": [label, float(z), float(p)], "followed": k == chain.target}
        for k, (label, z, p) in enumerate(
            zip(chain.network.labels, chain.logits, chain.probabilities, strict=True)
        )
    ]
    return {"head": ["", "logit z", "p = eᶻ / Σ eᶻ"], "rows": found, "unsigned": True}


def largest(values: np.ndarray, always: int | None = None) -> list[int]:
    """The places of the largest values, whatever their sign, and of one more; the largest first."""
    order = [int(k) for k in np.argsort(-np.abs(values), kind="stable")]
    named = order[:MOST_NAMED]
    if always is not None and always not in named:
        named.append(always)
    return named


def _rest(products: np.ndarray, named: list[int], columns: int) -> list[dict[str, Any]]:
    count = len(products) - len(named)
    if count == 0:
        return []
    rest = float(np.delete(products, named).sum())
    blank = [None] * (columns - 2)
    return [{"cells": [f"{count:,} others together", *blank, rest]}]
