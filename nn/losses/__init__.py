"""Loss functions: how wrong the logits are, and in which direction each should move."""

# In the order of the lists that people see.
# isort: off
from nn.losses.cross_entropy import CrossEntropyLoss as CrossEntropyLoss
from nn.losses.mse import MSELoss as MSELoss
# isort: on

from nn.listing import classes_by_name
from nn.losses.loss import Loss
from nn.losses.softmax import softmax as softmax

LOSSES = classes_by_name(Loss, globals())
