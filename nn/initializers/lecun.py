"""LeCun's starting weights: Var(w) = 1 / fan_in  (LeCun, Bottou, Orr, Müller 1998)."""

from nn.initializers.initializer import Initializer, normal, uniform


def variance(fan_in: int, fan_out: int) -> float:
    """Var(w) = 1 / fan_in"""
    return 1 / fan_in


LECUN_NORMAL = Initializer("lecun_normal", "LeCun normal", normal(variance))
LECUN_UNIFORM = Initializer("lecun_uniform", "LeCun uniform", uniform(variance))
