"""How fast the network trains and answers, beside what else one could take: each one command.

`python -m benchmarks.speed` measures and prints. Nothing in the product imports this package.
"""
