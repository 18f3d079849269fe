# laglead: `make start` for a first verdict, `make test` for all tests, `make help` for the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LAGLEAD := $(BIN)/laglead
INSTALLED := $(VENV)/.installed
EXAMPLE := exercises/25_sessionization/10_sittings_30_minutes

.PHONY: help start setup test check types style contracts docs docs-check verify verify-rules bench bench-examples bench-lint bench-grade picture interview wheel lock ci clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: $(INSTALLED) ## set up, generate the practice log, show a first verdict
	@test -f data/laglead.toml || $(LAGLEAD) init data --log .
	@$(LAGLEAD) generate --seed 42
	@echo; echo "A wrong answer:"
	@$(LAGLEAD) check sittings_30_minutes --answer $(EXAMPLE)/wrong/boundary_is_a_new_sitting.sql || test $$? -eq 1
	@echo; echo "A right one:"
	@$(LAGLEAD) check sittings_30_minutes --answer $(EXAMPLE)/reference.sql
	@echo; echo "Now you: $(LAGLEAD) show sittings_30_minutes"

setup: $(INSTALLED) ## make the virtual environment and install what the lock file pins

$(INSTALLED): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "laglead needs Python 3.11 or newer, this is %d.%d; try: make PYTHON=python3.12 $(MAKECMDGOALS)" % v)'
	@echo "Setting up $(VENV) (about half a minute, once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

test: $(INSTALLED) ## run all tests, on all cores
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: style types contracts docs-check ## all house checks without the tests

style: $(INSTALLED) ## ruff: lint and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED) ## mypy --strict
	$(BIN)/mypy

contracts: $(INSTALLED) ## who may import whom
	$(BIN)/lint-imports

verify: $(INSTALLED) ## prove every exercise: answers, orders, every mutant of its reference
	$(LAGLEAD) author verify $(VERIFY)

verify-rules: $(INSTALLED) ## hold every proof of equivalence against 20,000 fresh worlds (hours)
	$(BIN)/python -m benchmarks.rules_of_equivalence $(VERIFY)

docs: $(INSTALLED) ## write the generated pages of docs/
	$(BIN)/python -m laglead.docs

docs-check: $(INSTALLED) ## fail when a generated page is out of date
	$(BIN)/python -m laglead.docs --check

picture: $(INSTALLED) ## draw the README's picture from a real run (needs make start)
	$(BIN)/python docs/picture.py

interview: $(INSTALLED) ## hold the interview of docs/interview.md and draw its report (needs make start)
	$(BIN)/python docs/interview/hold.py

bench: $(INSTALLED) ## measure generating and checking against named baselines (docs/performance.md)
	$(BIN)/python benchmarks/generation.py
	$(BIN)/python benchmarks/latency.py
	$(BIN)/python benchmarks/watching.py
	$(BIN)/python benchmarks/comparing.py

bench-examples: $(INSTALLED) ## measure how small the examples of a rejection are (docs/performance.md; about ten minutes)
	$(BIN)/python -m benchmarks.counterexamples

bench-lint: $(INSTALLED) .bench/.installed ## measure lint: precision, recall, speed beside sqlfluff and sqruff (docs/lint.md)
	$(BIN)/python benchmarks/lint.py

bench-grade: $(INSTALLED) ## measure grading 200 learners x 10 exercises, twice (docs/performance.md; minutes)
	$(BIN)/python -m benchmarks.grading

.bench/.installed:
	@$(PYTHON) -m venv --clear .bench
	@.bench/bin/python -m pip install --quiet --disable-pip-version-check sqlfluff sqruff
	@touch $@

wheel: $(INSTALLED) ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

lock: $(INSTALLED) ## pin every package with its hashes (needs pip-tools)
	$(BIN)/python -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev --output-file requirements.lock pyproject.toml

ci: check test ## what CI runs

clean: ## remove what was built; data/ and answers stay
	rm -rf $(VENV) .bench dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
