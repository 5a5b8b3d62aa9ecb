"""Starting values for the weights of a linear layer.

A layer keeps the size of its signals from exploding or fading when the variance of its weights
matches its number of inputs (fan_in) or outputs (fan_out); see each file for whose rule it is.
"""

# In the order of the lists that people see.
# isort: off
from nn.initializers.he import HE_NORMAL as HE_NORMAL
from nn.initializers.he import HE_UNIFORM as HE_UNIFORM
from nn.initializers.glorot import GLOROT_NORMAL as GLOROT_NORMAL
from nn.initializers.glorot import GLOROT_UNIFORM as GLOROT_UNIFORM
from nn.initializers.lecun import LECUN_NORMAL as LECUN_NORMAL
from nn.initializers.lecun import LECUN_UNIFORM as LECUN_UNIFORM
from nn.initializers.zeros import ZEROS as ZEROS
# isort: on

from nn.initializers.initializer import Initializer
from nn.listing import objects_by_name

INITIALIZERS = objects_by_name(Initializer, globals())
