.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp

.PHONY: help setup run demo test bench chaos fuzz browser lock
help:            ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Ventanilla needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

setup: $(STAMP)  ## make .venv with everything

run: setup       ## migrate, start the server, say what to open
	$(BIN)/ventanilla kb build
	$(BIN)/ventanilla run

demo: setup      ## a made-up queue in a database of its own, to learn the console on
	VENTANILLA_DATABASE_URL=sqlite:///$(CURDIR)/var/demo.sqlite3 $(BIN)/ventanilla demo
	VENTANILLA_DATABASE_URL=sqlite:///$(CURDIR)/var/demo.sqlite3 $(BIN)/ventanilla run

test: setup      ## lint, types, content, locales, all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/ventanilla kb lint
	$(BIN)/ventanilla kb build
	$(BIN)/pytest -n 2 --dist loadfile -rs
	@echo "Not run here: make browser (needs Chromium), make chaos, make fuzz, make bench."

bench: setup     ## engine time, webhook against a bare endpoint, memory
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.webhook

chaos: setup     ## kills, floods, a failing provider and database; prints a table
	$(BIN)/python -m tests.chaos

fuzz: setup      ## property tests with many more examples, new ones each time
	$(BIN)/pytest tests/dialogue/test_properties.py --hypothesis-profile=fuzz

browser: setup   ## web chat, console and calendar in a real Chromium; screenshots in var/screenshots
	$(BIN)/pytest -m browser tests/browser

lock:            ## pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -o requirements.lock
