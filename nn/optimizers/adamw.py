"""AdamW."""

from nn.optimizers.adam import Adam


class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov, Hutter 2019): before each step of Adam,

        θ ← (1 - lr · weight_decay) θ

    instead of a penalty in g, which Adam would divide by the gradients' size like the rest.
    """

    name = "adamw"
    title = "AdamW"

    decoupled_weight_decay = True
