# make app, test, bench, evaluate: everything from a fresh clone. make check: format, lint, types.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: app test check bench evaluate
app: .venv/runtime
	$(BIN)/python -m streamlit run streamlit_app.py

test: .venv/dev
	$(BIN)/python -m pytest -n auto --dist loadfile

check: .venv/dev
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

bench: .venv/dev
	$(BIN)/python -m benchmarks.speed

evaluate: .venv/runtime
	$(BIN)/python -m benchmarks.accuracy

# Stamps: installed again only when the list of requirements has changed.
.venv/runtime: requirements.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	touch $@
