# Everything runs in .venv, which is made on the first use: Python 3.11 or newer, pip and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check fix expected bench clean

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@

demo: $(VENV)/.installed  ## Convert samples/ into output/
	$(BIN)/unwix convert samples -o output

test: $(VENV)/.installed  ## Run all tests
	$(BIN)/pytest -n 2

check: $(VENV)/.installed  ## Lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(VENV)/.installed  ## Mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

expected: $(VENV)/.installed  ## Rewrite the golden files; fails on purpose, so that somebody reads the diff
	UPDATE_EXPECTED=1 $(BIN)/pytest -q tests/test_cases.py tests/docs/test_blocks_doc.py tests/docs/test_check_doc.py tests/docs/test_docs.py tests/diagnose/test_explain.py
	$(BIN)/unwix convert samples -o output

bench: $(VENV)/.installed  ## Measure speed and memory against the alternatives
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	$(BIN)/python benchmarks/run.py

clean:  ## Remove what was made here
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
