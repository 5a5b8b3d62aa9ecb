"""A flat sheet through the space of a network's weights: each of its points is a network.

    θ(x, y) = θ_0 + x u + y v

θ are all parameters and, behind them, the running statistics of batch normalisation. Distances are
those of the parameters alone.
"""

import numpy as np

from nn.network import Network

Array = np.ndarray


class Sheet:
    """The sheet through a network, along two directions.

    Args:
        network: θ_0; a copy is kept.
        first, second: u and v, vectors as `state_vector` makes them.

    Raises ValueError if a direction is of another length.
    """

    def __init__(self, network: Network, first: Array, second: Array) -> None:
        self.network = network.copy()
        shape = self.origin.shape
        for name, direction in (("first", first), ("second", second)):
            if direction.shape != shape:
                raise ValueError(f"{name} must have shape {shape}, got {direction.shape}")
        self.first, self.second = first, second

    @property
    def origin(self) -> Array:
        """θ_0 as a vector, a copy: of a large network a second one is not kept."""
        return state_vector(self.network)

    def vector_at(self, x: float, y: float) -> Array:
        """θ(x, y)."""
        vector = self.origin
        vector += float(x) * self.first
        vector += float(y) * self.second
        return vector

    def network_at(self, x: float, y: float) -> Network:
        """The network at a point, in its own right."""
        network = self.network.copy()
        load_state_vector(network, self.vector_at(x, y))
        return network

    def coordinates(self, network: Network) -> tuple[float, float, float]:
        """The point (x, y) of the sheet that is nearest to a network of the same layers, and how
        far from it the network is: least squares,

            min over x, y of ‖θ - θ_0 - x u - y v‖
        """
        count = network.num_parameters
        apart = network.parameters.astype(np.float64) - self.origin[:count]
        directions = np.stack((self.first[:count], self.second[:count])).astype(np.float64)
        # By the pseudo-inverse: a straight line has no second direction.
        x, y = np.linalg.pinv(directions @ directions.T, hermitian=True) @ (directions @ apart)
        distance = np.linalg.norm(apart - x * directions[0] - y * directions[1])
        return float(x), float(y), float(distance)


def state_vector(network: Network) -> Array:
    """All that a training changes as one vector, a copy: the parameters as they lie in
    `Network.parameters`, then the buffers."""
    buffers = [buffer.ravel() for buffer in network.named_buffers().values()]
    return np.concatenate([network.parameters, *buffers])


def load_state_vector(network: Network, vector: Array, start: int = 0) -> None:
    """Take over a vector like this, or with `start` what of it comes from that parameter on. A
    variance below 0, as there is beside a path, counts as 0."""
    ends = network.num_parameters - start
    network.parameters[start:] = vector[:ends]
    for name, buffer in network.named_buffers().items():
        values = vector[ends : ends + buffer.size].reshape(buffer.shape)
        buffer[...] = np.maximum(values, 0) if name.endswith("running_var") else values
        ends += buffer.size
