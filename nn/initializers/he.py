"""He's starting weights: Var(w) = 2 / fan_in  (He, Zhang, Ren, Sun 2015; for ReLU)."""

from nn.initializers.initializer import Initializer, normal, uniform


def variance(fan_in: int, fan_out: int) -> float:
    """Var(w) = 2 / fan_in"""
    return 2 / fan_in


HE_NORMAL = Initializer("he_normal", "He normal", normal(variance))
HE_UNIFORM = Initializer("he_uniform", "He uniform", uniform(variance))
