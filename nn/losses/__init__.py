"""Loss functions: how wrong the outputs are, and in which direction each should move."""

# In the order of the lists that people see.
# isort: off
from nn.losses.cross_entropy import CrossEntropyLoss as CrossEntropyLoss
from nn.losses.mse import MSELoss as MSELoss
from nn.losses.half_squared_error import HalfSquaredError as HalfSquaredError
from nn.losses.binary_cross_entropy import BinaryCrossEntropy as BinaryCrossEntropy
# isort: on

from nn.listing import classes_by_name
from nn.losses.loss import Loss
from nn.losses.softmax import softmax as softmax
from nn.losses.value_loss import ValueLoss

LOSSES = classes_by_name(Loss, globals())
"""For labels of classes, as images have them."""
VALUE_LOSSES = classes_by_name(ValueLoss, globals())
"""For real-valued targets, and for two classes told by one output; see `nn.plane`."""
