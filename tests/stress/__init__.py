"""The app under load, attack and breakdown: promises that take too long to try at each change.

make stress                                  # all parts, and the README's table
python -m tests.stress --only uploads,kills
python -m tests.stress --quick               # a tenth of the work: whether it runs at all
"""
