"""Distorting images at random, so that a network learns digits and not their pixels by heart."""

from nn.augment.augmentation import augment
from nn.augment.settings import Augmentation

__all__ = ["Augmentation", "augment"]
