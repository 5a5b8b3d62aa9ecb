"""The classic set-up, 784-128-64-10 with plain SGD, step by step beside the same in PyTorch."""

import numpy as np
import pytest

import nn
from nn.training.build import build_network, build_trainer
from nn.training.events import BatchEnd, EpochEnd

STEPS = 20


def synthetic_images() -> tuple[np.ndarray, np.ndarray]:
    """20 batches of images with a bright band where their class says, and noise."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 64 * STEPS).astype(np.uint8)
    images = rng.integers(0, 128, (64 * STEPS, 28, 28), dtype=np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label : 2 * label + 8] += 100
    return images, labels


def test_twenty_steps_agree_with_torch():
    torch = pytest.importorskip("torch")
    images, labels = synthetic_images()
    config = nn.TrainingConfig(epochs=1)
    network = build_network(config, images, [str(digit) for digit in range(10)])
    trainer = build_trainer(config, network, images, labels)

    twin = torch.nn.Sequential(
        torch.nn.Linear(784, 128),
        torch.nn.ReLU(),
        torch.nn.Linear(128, 64),
        torch.nn.ReLU(),
        torch.nn.Linear(64, 10),
    )
    twin.load_state_dict(
        {name: torch.from_numpy(view.copy()) for name, view in network.named_parameters().items()}
    )
    optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
    pixels = images / 255.0
    inputs = ((pixels - pixels.mean()) / pixels.std()).reshape(-1, 784).astype(np.float32)
    order = np.random.default_rng([config.seed, 0]).permutation(len(images))
    torch_losses = []

    for event in trainer.run():
        if isinstance(event, BatchEnd):
            batch = order[(event.step - 1) * 64 : event.step * 64]
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(
                twin(torch.from_numpy(inputs[batch])), torch.from_numpy(labels[batch]).long()
            )
            loss.backward()
            optimizer.step()
            torch_losses.append(loss.item())
            for name, parameter in twin.named_parameters():
                ours = network.named_parameters()[name]
                np.testing.assert_allclose(
                    ours, parameter.detach(), atol=1e-5, err_msg=f"{name} after step {event.step}"
                )
        elif isinstance(event, EpochEnd):
            assert event.train_loss == pytest.approx(np.mean(torch_losses), abs=1e-5)

    assert len(torch_losses) == trainer.step == STEPS
    assert torch_losses[-1] < torch_losses[0] / 2  # so that there was something to agree on
