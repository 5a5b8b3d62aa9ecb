"""What the tests of the history share."""

import pytest

from nn.history import recorder


@pytest.fixture(autouse=True)
def enough_time(monkeypatch):
    """What is kept must not depend on how busy the machine is."""
    monkeypatch.setattr(recorder, "FREE_SECONDS", 1000.0)
