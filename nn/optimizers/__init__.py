"""Optimizers: how the weights are changed, by their gradients."""

# In the order of the lists that people see.
# isort: off
from nn.optimizers.sgd import SGD as SGD
from nn.optimizers.rmsprop import RMSprop as RMSprop
from nn.optimizers.adagrad import Adagrad as Adagrad
from nn.optimizers.adadelta import Adadelta as Adadelta
from nn.optimizers.adam import Adam as Adam
from nn.optimizers.adamw import AdamW as AdamW
# isort: on

from nn.listing import classes_by_name
from nn.optimizers.optimizer import Optimizer

OPTIMIZERS = classes_by_name(Optimizer, globals())
