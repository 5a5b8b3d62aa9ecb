"""Learning-rate schedules: which share of the base learning rate a step uses."""

# In the order of the lists that people see.
# isort: off
from nn.schedules.constant import ConstantSchedule as ConstantSchedule
from nn.schedules.step import StepSchedule as StepSchedule
from nn.schedules.exponential import ExponentialSchedule as ExponentialSchedule
from nn.schedules.cosine import CosineSchedule as CosineSchedule
from nn.schedules.one_cycle import OneCycleSchedule as OneCycleSchedule
# isort: on

from nn.listing import classes_by_name
from nn.schedules.schedule import Schedule
from nn.schedules.warmup import Warmup as Warmup

SCHEDULES = classes_by_name(Schedule, globals())
