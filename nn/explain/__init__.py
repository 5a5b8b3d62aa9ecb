"""Seeing inside a network: what each layer does with an image, why it answers so, whether its
gradients are right, what it would like to see, what deceives it, and what it can do without.

All of it looks at the network as it answers from the image alone, without averaged copies and
without dropout.
"""
