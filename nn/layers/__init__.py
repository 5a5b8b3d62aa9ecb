"""The layers, one file each."""

# In the order of the lists that people see.
# isort: off
from nn.layers.linear import Linear as Linear
from nn.layers.conv2d import Conv2d as Conv2d
from nn.layers.max_pool2d import MaxPool2d as MaxPool2d
from nn.layers.flatten import Flatten as Flatten
from nn.layers.batch_norm import BatchNorm as BatchNorm
from nn.layers.dropout import Dropout as Dropout
from nn.layers.branches import Branches as Branches
from nn.layers.relu import ReLU as ReLU
from nn.layers.leaky_relu import LeakyReLU as LeakyReLU
from nn.layers.tanh import Tanh as Tanh
from nn.layers.sigmoid import Sigmoid as Sigmoid
from nn.layers.gelu import GELU as GELU
# isort: on

from nn.layers.activation import Activation
from nn.layers.layer import Layer
from nn.listing import classes, classes_by_name

ACTIVATIONS = classes_by_name(Activation, globals())
LAYERS = {layer.__name__: layer for layer in classes(Layer, globals())}
"""By the name that stands in a model's file."""
