"""Distorting images at random, so that a network learns digits and not their pixels by heart."""

from nn.augment.augmentation import Augmentation, augment

__all__ = ["Augmentation", "augment"]
