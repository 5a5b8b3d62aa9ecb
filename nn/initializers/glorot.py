"""Glorot's starting weights: Var(w) = 2 / (fan_in + fan_out)  (Glorot, Bengio 2010; for tanh)."""

from nn.initializers.initializer import Initializer, normal, uniform


def variance(fan_in: int, fan_out: int) -> float:
    """Var(w) = 2 / (fan_in + fan_out)"""
    return 2 / (fan_in + fan_out)


GLOROT_NORMAL = Initializer("glorot_normal", "Glorot normal", normal(variance))
GLOROT_UNIFORM = Initializer("glorot_uniform", "Glorot uniform", uniform(variance))
