"""Training a network, whole: forward, loss, backward, update, as `nn.Trainer` does it inside.

python -m examples.plain_training
"""

from collections.abc import Iterator

import numpy as np

import data
import nn
from nn.images import pixel_statistics


def train(
    network: nn.Network,
    images: np.ndarray,
    labels: np.ndarray,
    learning_rate: float = 0.1,
    batch_size: int = 64,
    epochs: int = 50,
    seed: int = 0,
) -> Iterator[float]:
    """Train on images (n, ...), uint8, and labels (n,); yields the mean loss of each epoch."""
    loss = nn.CrossEntropyLoss()
    for epoch in range(epochs):
        order = np.random.default_rng([seed, epoch]).permutation(len(images))
        loss_sum = 0.0
        for start in range(0, len(images), batch_size):
            batch = order[start : start + batch_size]

            # Forward: each layer makes its output y of the one before.
            values = network.scale_input(images[batch])
            for layer in network.layers:
                values = layer.forward(values, training=True)

            # How wrong the answers are, and in which direction they would be more so: dL/dz.
            batch_loss, gradient = loss(values, labels[batch])
            loss_sum += batch_loss * len(batch)

            # Backward: each layer makes dL/dx of dL/dy, and keeps dL/dW and dL/db on the way.
            for layer in reversed(network.layers):
                gradient = layer.backward(gradient)

            # Downhill: all weights are one vector, all their gradients another.
            network.parameters -= learning_rate * network.gradients
        yield loss_sum / len(images)


if __name__ == "__main__":
    digits = data.load("digits")
    mean, std = pixel_statistics(digits.train_images)
    layers = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)]
    classic = nn.Network(layers, input_mean=mean, input_std=std)
    for epoch_loss in train(classic, digits.train_images, digits.train_labels):
        right = np.mean(classic.predict(digits.test_images) == digits.test_labels)
        print(f"loss {epoch_loss:.4f}   test accuracy {right:.2%}")
