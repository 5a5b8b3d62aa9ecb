"""Files, addresses and command lines as nobody meant them, by the hundred thousand.

A kind makes one of them from a generator of random numbers and tries it: what can't be used must be
a ValueError that says why. The same number of a case is always the same case.

python -m tests.stress.fuzz "event files" 1234   # one case alone, with its traceback
"""
