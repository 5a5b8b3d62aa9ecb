"""The visitors' copies of models stay within the room there is for them."""

import gc

import nn
from ui.draw.copies import Copies


class Owner:
    """Who has a copy."""


def network():
    return nn.Network.mlp([9, 10])  # 100 parameters


def owners_of(copies, count):
    owners = [Owner() for _ in range(count)]
    for owner in owners:
        copies.put(owner, network())
    return owners


def kept(copies, owners):
    return [copies.get(owner) is not None for owner in owners]


def test_everyone_gets_the_copy_that_is_theirs():
    copies, owner, other, mine = Copies(1000), Owner(), Owner(), network()
    copies.put(owner, mine)
    copies.put(other, network())
    assert copies.get(owner) is mine
    assert copies.get(Owner()) is None


def test_the_oldest_make_room_for_new_ones():
    copies = Copies(250)
    assert kept(copies, owners_of(copies, 4)) == [False, False, True, True]


def test_those_in_use_stay():
    copies = Copies(250)
    first, second = owners_of(copies, 2)
    copies.get(first)
    copies.put(Owner(), network())
    assert kept(copies, [first, second]) == [True, False]


def test_one_that_is_too_large_for_all_the_room_is_kept_alone():
    copies = Copies(50)
    assert kept(copies, owners_of(copies, 2)) == [False, True]


def test_whoever_leaves_takes_their_copy_along():
    copies = Copies(250)
    stays, leaves = owners_of(copies, 2)
    del leaves
    gc.collect()
    copies.put(latest := Owner(), network())
    assert kept(copies, [stays, latest]) == [True, True]
