"""Numbers of options."""

import math
from typing import Any

import click


class NumberRange(click.FloatRange):
    """click's FloatRange but for NaN, which that takes for a number in every range."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number", param, ctx)
        return float(number)
