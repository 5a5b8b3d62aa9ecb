"""A neural network in nothing but NumPy: layers, losses, optimizers, training and files."""

from nn.augment import Augmentation, augment
from nn.build import build_layers
from nn.calibration import accuracy_interval, calibrate, calibration_error, fit_temperature
from nn.config import OPTIMIZERS, SCHEDULES, TrainingConfig
from nn.ensemble import architecture, architecture_text, join, members
from nn.ensemble_trainer import EnsembleTrainer
from nn.evaluation import evaluate
from nn.familiarity import energy, fit_max_energy, is_familiar
from nn.files import load, load_outline, save
from nn.fine_tune import fine_tune
from nn.flops import training_flops
from nn.initializers import INITIALIZERS
from nn.layers import (
    ACTIVATIONS,
    GELU,
    BatchNorm,
    Branches,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nn.layers.row import layer_sizes
from nn.losses import LOSSES, CrossEntropyLoss, MSELoss, softmax
from nn.metrics import ClassMetrics, class_metrics, confusion_matrix
from nn.network import Network
from nn.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, Optimizer, RMSprop
from nn.schedules import (
    ConstantSchedule,
    CosineSchedule,
    ExponentialSchedule,
    OneCycleSchedule,
    StepSchedule,
    Warmup,
)
from nn.trainer import Trainer, TrainingDiverged

__all__ = [
    "ACTIVATIONS",
    "GELU",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Augmentation",
    "BatchNorm",
    "Branches",
    "ClassMetrics",
    "ConstantSchedule",
    "Conv2d",
    "CosineSchedule",
    "CrossEntropyLoss",
    "Dropout",
    "EnsembleTrainer",
    "ExponentialSchedule",
    "Flatten",
    "Layer",
    "LeakyReLU",
    "Linear",
    "MSELoss",
    "MaxPool2d",
    "Network",
    "OneCycleSchedule",
    "Optimizer",
    "RMSprop",
    "ReLU",
    "Sigmoid",
    "StepSchedule",
    "Tanh",
    "Trainer",
    "TrainingConfig",
    "TrainingDiverged",
    "Warmup",
    "accuracy_interval",
    "architecture",
    "architecture_text",
    "augment",
    "build_layers",
    "calibrate",
    "calibration_error",
    "class_metrics",
    "confusion_matrix",
    "energy",
    "evaluate",
    "fine_tune",
    "fit_max_energy",
    "fit_temperature",
    "is_familiar",
    "join",
    "layer_sizes",
    "load",
    "load_outline",
    "members",
    "save",
    "softmax",
    "training_flops",
]
