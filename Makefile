# Everything runs in .venv, which is created at the first use. Needs Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check fix expected bench docs clean

help:  ## List the targets
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

fix: $(VENV)/.installed  ## Apply the linter's fixes
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

expected: $(VENV)/.installed  ## Rewrite the golden files; fails on purpose, so that somebody reads the diff
	UPDATE_EXPECTED=1 $(BIN)/pytest -q tests/test_cases.py tests/docs tests/diagnose
	$(BIN)/unwix convert samples -o output

bench: $(VENV)/.installed  ## Measure speed and memory against the alternatives
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	$(BIN)/python benchmarks/run.py

docs: $(VENV)/.installed  ## Build the documentation site in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build

clean:  ## Remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
