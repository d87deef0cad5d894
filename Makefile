# Every target makes its own .venv; only Python 3.11+, git and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check format docs picture translations bench clean

demo: $(VENV)/installed
	$(BIN)/tenderscore evaluate examples/outsourcing/bids

test: $(VENV)/tested-with
	$(BIN)/python -m pytest -n auto

check: $(VENV)/tested-with $(VENV)/checked-with
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

format: $(VENV)/checked-with
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/tested-with
	$(BIN)/python -m docs.generate

picture: $(VENV)/installed
	$(BIN)/python docs/picture.py

translations: $(VENV)/tested-with
	$(BIN)/python tests/locale/templates.py
	$(PIP) install --editable .

bench: $(VENV)/benched-with
	$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'

# Compiled at once, as an ordinary install is: the first command is as fast as the next.
$(VENV)/installed: pyproject.toml hatch_build.py $(wildcard src/tenderscore/locale/*/LC_MESSAGES/*.po) | $(VENV)/bin/python
	$(PIP) install --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/tested-with: $(VENV)/installed
	$(PIP) install --group test
	@touch $@

$(VENV)/checked-with: $(VENV)/installed
	$(PIP) install --group lint
	@touch $@

$(VENV)/benched-with: $(VENV)/tested-with
	$(PIP) install --group bench
	@touch $@

clean:
	rm -rf $(VENV) build dist
