"""From the settings of a training to its network and its trainer."""

import json
import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np

from nn.architectures import convolution_layers, mlp_layers
from nn.explain.taken_over import taken_over
from nn.images import check_images, check_labels, pixel_statistics
from nn.labels import DIGITS
from nn.layers import Layer
from nn.layers.row import count_parameters, row_widths
from nn.losses import LOSSES
from nn.losses.loss import Loss
from nn.network import Network
from nn.optimizers import OPTIMIZERS
from nn.optimizers.optimizer import Optimizer
from nn.schedules import SCHEDULES, Warmup
from nn.schedules.schedule import Factor
from nn.training.config import TrainingConfig
from nn.training.ensemble_trainer import EnsembleTrainer
from nn.training.trainer import Trainer
from nn.training.workers import worker_count

Array = np.ndarray

_known_statistics: dict[int, tuple[float, float]] = {}
"""Of images that are in memory, by their `id`."""

VALIDATION_SEED = (0, 0, 1)
"""Draws the validation images, for every training the same ones: else networks of different seeds
could neither be compared by them, nor joined and then judged by images that none of them has seen.
"""


def build_network(config: TrainingConfig, train_images: Array, labels: Sequence[str]) -> Network:
    """An untrained network for images (n, height, width) and one class per label.

    Its inputs are scaled to mean 0 and standard deviation 1 over all training pixels.
    """
    mean, std = _statistics(train_images)
    return _new_network(
        config,
        int(np.prod(train_images.shape[1:])),
        len(labels),
        seed=config.seed,
        input_mean=mean,
        input_std=std or 1.0,  # 0 if all pixels are alike
        metadata={"dataset": config.dataset, "labels": json.dumps(list(labels))},
    )


def _statistics(images: Array) -> tuple[float, float]:
    """Those of all pixels. For images that can't be changed, as a search trains with again and
    again, they are worked out once: they take longer than all else before the first step."""
    if images.flags.writeable:
        return pixel_statistics(images)
    key = id(images)
    if key not in _known_statistics:
        _known_statistics[key] = pixel_statistics(images)
        weakref.finalize(images, _known_statistics.pop, key)
    return _known_statistics[key]


def build_layers(config: TrainingConfig, in_features: int, num_classes: int) -> list[Layer]:
    """The layers of the settings, for images of so many pixels; of an ensemble, one network's.

    Raises ValueError if the images don't fit the convolutions.
    """
    before: list[Layer] = []
    if config.convolutions:
        before = convolution_layers(in_features, config.convolutions, config.activation)
        in_features = row_widths(before, in_features)[-1]
    widths = [in_features, *config.hidden, num_classes]
    perceptron = mlp_layers(
        widths, config.activation, dropout=config.dropout, batch_norm=config.batch_norm
    )
    return [*before, *perceptron]


def begin_from(network: Network, start: Network, config: TrainingConfig) -> None:
    """Give a network that is about to be trained with these settings the weights of another of the
    same layers, so that it answers as that one. ValueError if the layers differ, or if several
    networks are to be trained."""
    if len(config.members) > 1:
        raise ValueError("start is one network, and an ensemble trains several")
    check_start(network.layers, start)
    network.load_state_dict(taken_over(network, start))


def check_start(layers: Sequence[Layer], start: Network) -> None:
    """ValueError unless another network has the same layers."""
    if [layer.spec() for layer in layers] != [layer.spec() for layer in start.layers]:
        raise ValueError(
            f"start must have the layers that the settings make, {list(layers)}, got {start.layers}"
        )


def check_val_size(val_size: int, count: int) -> None:
    """ValueError if so many validation images leave none of `count` to learn from."""
    if val_size >= count:
        raise ValueError(f"val_size must be less than the {count} training images, got {val_size}")


def check_writing_styles(config: TrainingConfig, labels: Sequence[str]) -> None:
    """ValueError if writing styles, which are those of digits, are asked for of other images."""
    styles = max(one.writing_styles for one in config.members)
    if styles and list(labels) != DIGITS:
        raise ValueError(f"writing_styles must be 0 for images that are no digits, got {styles:g}")


def split_validation(count: int, val_size: int) -> tuple[Array, Array]:
    """Which of `count` training images a training learns from, and which `val_size` are kept back:
    indices, sorted."""
    order = np.random.default_rng(VALIDATION_SEED).permutation(count)
    return np.sort(order[val_size:]), np.sort(order[:val_size])


def build_loss(config: TrainingConfig) -> Loss:
    """The loss function of the settings."""
    kind = LOSSES[config.loss]
    return kind(**{name: getattr(config, name) for name in kind.settings})


def build_optimizer(config: TrainingConfig, network: Network) -> Optimizer:
    """The optimizer of the settings, for the network's vectors."""
    options: dict[str, Any] = {
        "learning_rate": config.learning_rate,
        "weight_decay": config.weight_decay,
        "l1": config.l1,
        "max_grad_norm": config.max_grad_norm,
    }
    kind = OPTIMIZERS[config.optimizer]
    options |= {name: getattr(config, name) for name in kind.settings}
    return kind(network.parameters, network.gradients, **options)


def build_schedule(config: TrainingConfig) -> Factor:
    """The learning-rate schedule of the settings."""
    schedule = SCHEDULES[config.schedule].for_training(config.epochs)
    return Warmup(schedule, config.warmup_epochs) if config.warmup_epochs else schedule


def build_trainer(
    config: TrainingConfig,
    network: Network,
    train_images: Array,
    train_labels: Array,
    threads: int = 1,
) -> Trainer | EnsembleTrainer:
    """A trainer for the settings; `val_size` images, always the same ones, are for validation.

    `network` is from `build_network`, as are the others of an ensemble, with the seeds that follow.
    `threads` is the number of cores to use, see `nn.training.workers.worker_count`.
    """
    images = check_images(train_images, network.in_features)
    labels = check_labels(train_labels, len(images), network.num_classes)
    val_images = val_labels = None
    check_val_size(config.val_size, len(images))
    if config.val_size:
        train, val = split_validation(len(images), config.val_size)
        val_images, val_labels = images[val], labels[val]
        images, labels = images[train], labels[train]
    members = config.members
    check_writing_styles(config, network.labels)

    def trainer(index: int) -> Trainer:
        one = members[index]
        own = network if index == 0 else _sibling(one, network)
        optimizer = build_optimizer(one, own)
        return Trainer(
            own,
            optimizer,
            build_loss(one),
            images,
            labels,
            val_images=val_images,
            val_labels=val_labels,
            schedule=build_schedule(one),
            batch_size=one.batch_size,
            epochs=one.epochs,
            seed=one.seed,
            patience=one.patience,
            keep_best=one.keep_best,
            augmentation=one.augmentation,
            workers=worker_count(own, optimizer, min(one.batch_size, len(images)), threads),
        )

    if len(members) == 1:
        return trainer(0)
    layers = [build_layers(one, network.in_features, network.num_classes) for one in members]
    return EnsembleTrainer(
        trainer, [one.epochs for one in members], sum(map(count_parameters, layers))
    )


def _sibling(config: TrainingConfig, network: Network) -> Network:
    """An untrained network of these settings, for the same images as this one."""
    return _new_network(
        config,
        network.in_features,
        network.num_classes,
        seed=config.seed,
        input_mean=network.input_mean,
        input_std=network.input_std,
        metadata=network.metadata,
    )


def _new_network(
    config: TrainingConfig, in_features: int, num_classes: int, **options: Any
) -> Network:
    network = Network(
        build_layers(config, in_features, num_classes),
        initializer=config.initializer,
        averaging=config.averaging,
        **options,
    )
    weights = network.named_parameters()
    for place, layer in enumerate(network.layers):
        if layer.multiplications():  # not the factors of a batch normalisation
            weights[f"{place}.weight"] *= config.init_scale
    return network
