"""The charts of a run that the Train page shows, each in a file of its own."""

# In the order of the page. To add a chart is to write its file and one import.
# isort: off
from ui.figures.run_charts.loss import LOSS as LOSS
from ui.figures.run_charts.accuracy import ACCURACY as ACCURACY
# isort: on

from nn.listing import objects_by_name
from ui.figures.run_charts.run_chart import RunChart

RUN_CHARTS = objects_by_name(RunChart, globals())
