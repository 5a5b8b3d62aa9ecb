"""A neural network in nothing but NumPy: layers, losses, optimizers, training and files."""

from nn.augment import Augmentation, augment
from nn.averaging import ALONE, Averaging
from nn.cost import training_flops
from nn.ensemble import architecture, architecture_text, join, member, member_count
from nn.evaluation.accuracy import loss_and_accuracy
from nn.evaluation.calibration import (
    accuracy_interval,
    calibrate,
    calibration_error,
    fit_temperature,
)
from nn.evaluation.familiarity import energy, fit_max_energy, is_familiar, less_sure
from nn.evaluation.metrics import ClassMetrics, class_metrics, confusion_matrix
from nn.evaluation.touching import doubted, most_readable, whole_digits
from nn.files import load, load_outline, save
from nn.initializers import INITIALIZERS
from nn.layers import (
    ACTIVATIONS,
    GELU,
    BatchNorm,
    Branches,
    Conv2d,
    Dropout,
    Flatten,
    LeakyReLU,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nn.layers.layer import Layer
from nn.layers.row import layer_sizes
from nn.losses import (
    LOSSES,
    VALUE_LOSSES,
    BinaryCrossEntropy,
    CrossEntropyLoss,
    HalfSquaredError,
    MSELoss,
    softmax,
)
from nn.network import Network
from nn.optimizers import OPTIMIZERS, SGD, Adadelta, Adagrad, Adam, AdamW, RMSprop
from nn.optimizers.optimizer import Optimizer
from nn.schedules import (
    SCHEDULES,
    ConstantSchedule,
    CosineSchedule,
    ExponentialSchedule,
    OneCycleSchedule,
    StepSchedule,
    Warmup,
)
from nn.training.build import build_layers
from nn.training.config import TrainingConfig
from nn.training.divergence import TrainingDiverged
from nn.training.ensemble_trainer import EnsembleTrainer
from nn.training.fine_tune import fine_tune
from nn.training.trainer import Trainer

__all__ = [
    "ACTIVATIONS",
    "ALONE",
    "GELU",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "SCHEDULES",
    "SGD",
    "VALUE_LOSSES",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Augmentation",
    "Averaging",
    "BatchNorm",
    "BinaryCrossEntropy",
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
    "HalfSquaredError",
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
    "doubted",
    "energy",
    "fine_tune",
    "fit_max_energy",
    "fit_temperature",
    "is_familiar",
    "join",
    "layer_sizes",
    "less_sure",
    "load",
    "load_outline",
    "loss_and_accuracy",
    "member",
    "member_count",
    "most_readable",
    "save",
    "softmax",
    "training_flops",
    "whole_digits",
]
