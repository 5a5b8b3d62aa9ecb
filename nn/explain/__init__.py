"""Seeing inside a network: what each layer does with an image, why it answers so, and whether its
gradients are right.

All of it looks at the network as it answers from the image alone, without averaged copies and
without dropout.
"""
