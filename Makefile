# The two commands of the first screen are `make run` and `make test`; each sets up what it needs.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$name >/dev/null 2>&1 && \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && \
	echo $$name && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq --no-input

.PHONY: help run test check audit bench learn faults setup setup-dev screenshots format lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | while IFS='|' read -r name what; do \
		printf '%-18s %s\n' "$$name" "$$what"; done

run: setup ## start the bot: the real one with a token in .env, else the sandbox
	@exec $(BIN)/pilotwatch run

test: setup-dev ## run the tests; says which were left out and why
	@$(BIN)/python -m pytest $(ARGS)

check: setup-dev ## formatting, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

audit: setup-dev ## licences and known vulnerabilities of everything in the lock
	@$(BIN)/python -m bench.audit

bench: setup-dev ## measure: facts, relevance, stories, feeds, feedcorpus, search (ARGS=stories: one of them)
	@$(BIN)/python -m bench $(ARGS)

learn: .venv/learn.stamp ## fit what is learnt of facts, and judge it (ARGS=--write: keep the weights)
	@$(BIN)/python -m bench.learn $(ARGS)

faults: setup-dev ## break things for long: a hundred random kill -9 and more (some 45 minutes)
	@FAULT_KILLS=$${FAULT_KILLS:-100} $(BIN)/python -m pytest -q -n 0 tests/faults

setup: .venv/run.stamp ## a virtual environment in .venv with what running needs
setup-dev: .venv/dev.stamp ## the same with what testing needs

.venv/python.stamp:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer is needed and was not found; install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; fi
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: install its venv package (Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

.venv/learn.stamp: .venv/dev.stamp requirements-learn.lock
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-learn.lock
	@touch $@

screenshots: setup-dev ## take the pictures of the docs anew
	@KEEP_SCREENSHOTS=1 REQUIRE_ALL=1 $(BIN)/python -m pytest -q tests/browser

format: setup-dev ## format and repair what can be repaired
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: .venv/python.stamp ## resolve the dependencies anew, with hashes
	@$(PIP) install uv
	@$(BIN)/uv pip compile -q pyproject.toml --group build $(LOCK) -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --group build --group dev -c requirements.lock $(LOCK) -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --group learn -c requirements-dev.lock $(LOCK) -o requirements-learn.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade

clean: ## remove the virtual environment and caches, never data
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
