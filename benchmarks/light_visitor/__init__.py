"""Visitors of the app without a browser, so that one machine can be many of them.

`LightVisitor` speaks Streamlit's own protocol, as the app's page in a browser does, and draws
nothing.
"""

from benchmarks.light_visitor.screen import Component, Screen
from benchmarks.light_visitor.visitor import LightVisitor, NoAnswer

__all__ = ["Component", "LightVisitor", "NoAnswer", "Screen"]
