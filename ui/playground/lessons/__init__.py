"""Lessons: a few steps, each with a text, a set-up and a goal that the page checks."""
