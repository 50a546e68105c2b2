# `make help` lists the targets. Nothing is needed but make and Python 3.11 to 3.13: see tools/environment.sh.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CHECKED := src tests training
FUZZ_S := 600

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types floors coverage fuzz bench bench-short bench-environment \
	training-environment train wheel lock changelog hooks clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-22s %s\n", $$1, $$2}' Makefile

$(READY): pyproject.toml uv.lock tools/environment.sh
	@sh tools/environment.sh $(VENV) dev
	@touch $@

demo: $(READY)  ## read an invented article and show its ledger
	@$(BIN)/sayso demo

test: $(READY)  ## run every test
	$(BIN)/python -m pytest

check: lint types floors bench-short coverage  ## everything that must hold before a change goes in

lint: $(READY)  ## ruff: rules and format
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/ruff format --check $(CHECKED)

format: $(READY)  ## put the format right, and what ruff can mend by itself
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

floors: $(READY)  ## imports go down only
	$(BIN)/lint-imports

fuzz: $(READY)  ## damaged files through all that is read, for FUZZ_S seconds (600)
	$(BIN)/python -m tests.fuzz.drive $(FUZZ_S)

# The nouns and what every room rests on are small enough to be covered whole.
coverage: $(READY)  ## every test, with branch coverage
	$(BIN)/python -m pytest --cov
	$(BIN)/coverage report --fail-under=100 \
		--include='src/sayso/records/*,src/sayso/ids.py,src/sayso/text.py,src/sayso/errors/*'

bench: $(READY)  ## measure the reader and print the tables
	$(BIN)/python -m sayso.bench
	@for part in times quantities places factuality assertions share; do $(BIN)/python -m sayso.bench $$part; done

bench-short: $(READY)  ## the short form, held to pinned floors
	$(BIN)/python -m sayso.bench gate

bench-environment:  ## add what the side-by-side comparison needs (spaCy, textacy)
	@sh tools/environment.sh $(VENV) bench
	@touch $(READY)

training-environment:  ## make .venv-training (torch, spaCy; large)
	@sh tools/environment.sh .venv-training training

train: training-environment  ## make the model anew from the labelled data (two hours on two cores)
	.venv-training/bin/python training/run.py

wheel: $(READY)  ## build dist/*.whl, the model inside
	$(BIN)/python -m build --wheel --no-isolation

lock: $(READY)  ## resolve again, against pypi.org whatever this machine is set to
	env -u UV_DEFAULT_INDEX -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS $(BIN)/uv lock --upgrade

changelog: $(READY)  ## show what the next release's notes would say
	$(BIN)/towncrier build --draft

hooks: $(READY)  ## run the quick checks before every commit
	$(BIN)/prek install

clean:  ## remove what was made here, environments included
	rm -rf .venv .venv-training build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests training -name __pycache__ -type d -prune -exec rm -rf {} +
