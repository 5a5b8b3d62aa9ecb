# make app, test, bench, evaluate, failures, stress: everything from a fresh clone. make check: format, lint, types.
PYTHON ?= python3
BIN := .venv/bin

# .venv is kept as long as its Python runs and has pip, and is the one that PYTHON names, if it was
# given. The stamps in it say that a list of requirements is installed, as it is now.
VERSION := -c 'import sys; print(sys.version_info[:2])'
ASKED := $(if $(filter file,$(origin PYTHON)),$(BIN)/python,$(PYTHON))
FIT := $(shell $(BIN)/python -m pip --version >/dev/null 2>&1 && \
	test "$$($(BIN)/python $(VERSION))" = "$$($(ASKED) $(VERSION) 2>/dev/null)" && echo yes)

.PHONY: app test check bench evaluate failures stress lock new
app: .venv/runtime
	$(BIN)/python -m streamlit run streamlit_app.py $(if $(PORT),--server.port $(PORT))

test: .venv/dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/dev
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

bench: .venv/dev
	$(BIN)/python -m benchmarks.speed

evaluate: .venv/runtime
	$(BIN)/python -m benchmarks.accuracy

failures: .venv/runtime
	$(BIN)/python -m benchmarks.failures

stress: .venv/dev
	$(BIN)/python -m tests.stress

# What hosts install, see the top of the file, which stays. PyTorch is left out.
lock: .venv/dev
	$(BIN)/python -m pip install --quiet uv
	echo "torch; python_version < '3'" > .venv/overrides.txt
	sed '/^[^#]/,$$d' requirements-lock.txt > .venv/lock.txt
	sed '/^--/d' requirements.txt | $(BIN)/uv pip compile - --quiet --universal --python-version 3.11 \
		--overrides .venv/overrides.txt --generate-hashes --no-header --no-annotate >> .venv/lock.txt
	mv .venv/lock.txt requirements-lock.txt

.venv/runtime: requirements.txt $(if $(FIT),,new)
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

.venv/dev: requirements-dev.txt requirements-cluster.txt requirements-onnx.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	touch $@

new:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
