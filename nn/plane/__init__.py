"""Small networks on points in the plane, as the Playground trains them."""

from nn.plane.config import PlaneConfig as PlaneConfig
from nn.plane.features import FEATURES as FEATURES
from nn.plane.features import Feature as Feature
from nn.plane.plane_network import plane_network as plane_network
from nn.plane.snapshot import Snapshot as Snapshot
from nn.plane.training import PlaneTraining as PlaneTraining
