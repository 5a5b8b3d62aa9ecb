"""What whoever runs the server can set."""

import logging

import pytest
import streamlit as st

from ui.shared.operator_settings import Setting, dask_address, operator_setting

SIZE = Setting("test_size", 20, 1, 100)


def test_a_setting_comes_from_the_environment_or_the_apps_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert operator_setting(SIZE) == 20
    monkeypatch.setattr(st, "secrets", {"test_size": 30})
    assert operator_setting(SIZE) == 30
    monkeypatch.setenv("SCRATCH_NN_TEST_SIZE", "40")
    assert operator_setting(SIZE) == 40


@pytest.mark.parametrize("value", ["0", "101", "many", "", "1e2", "9" * 5000])
def test_what_cannot_be_meant_is_not_taken_and_that_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, value: str
) -> None:
    setting = SIZE._replace(name=f"test_{len(value)}{value[:3]}".lower())
    monkeypatch.setenv(f"SCRATCH_NN_{setting.name.upper()}", value)
    with caplog.at_level(logging.WARNING):
        assert operator_setting(setting) == 20
        assert operator_setting(setting) == 20
    (record,) = caplog.records
    assert "must be a whole number from 1 to 100; 20 is taken" in record.getMessage()


@pytest.mark.parametrize(
    ("value", "address"),
    [("tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786"), (" ", None), (None, None)],
)
def test_the_cluster_is_the_operators_address(
    monkeypatch: pytest.MonkeyPatch, value: str | None, address: str | None
) -> None:
    monkeypatch.delenv("SCRATCH_NN_DASK", raising=False)
    if value is not None:
        monkeypatch.setenv("SCRATCH_NN_DASK", value)

    assert dask_address() == address
