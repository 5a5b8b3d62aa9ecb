"""Networks on their way to another process."""

import pickle

import numpy as np

import nn
from nn.plain_state import Sent


def test_a_network_arrives_as_it_was_when_it_was_sent():
    network = nn.Network.mlp([4, 3, 2], seed=1, batch_norm=True, dropout=0.5)
    to_send = Sent(network)
    network.parameters += 1
    arrived = pickle.loads(pickle.dumps(to_send))
    inputs = np.random.default_rng(0).random((5, 4), np.float32)
    np.testing.assert_array_equal(arrived.predict_proba(inputs), network.predict_proba(inputs))
