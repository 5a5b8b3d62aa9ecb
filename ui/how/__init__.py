"""The page How it works: a network in five steps."""
