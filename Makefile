.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
TESTS := .venv/.stamp-dev
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Else each process of `test` would compile all code and all tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run demo test bench chaos fuzz browser lock image
help:            ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Ventanilla needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(TESTS): $(STAMP) requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

setup: $(STAMP)  ## make .venv with what runs

run: setup       ## migrate, start the server, say what to open
	$(BIN)/ventanilla kb build
	$(BIN)/ventanilla run

demo: setup      ## a made-up queue in a database of its own, to learn the console on
	VENTANILLA_DATABASE_URL=sqlite:///$(CURDIR)/var/demo.sqlite3 $(BIN)/ventanilla demo
	VENTANILLA_DATABASE_URL=sqlite:///$(CURDIR)/var/demo.sqlite3 $(BIN)/ventanilla run

# $(call part,name,commands): runs them and says how long they took.
part = @echo "$(2)"; begun=$$(date +%s) && $(2) && echo "$(1): $$(($$(date +%s) - begun)) s"

test: $(TESTS)   ## lint, types, content, locales, all tests, and how long each took
	$(call part,lint,$(BIN)/ruff check . && $(BIN)/ruff format --check .)
	$(call part,types,$(BIN)/mypy)
	$(call part,content,$(BIN)/ventanilla kb lint && $(BIN)/ventanilla kb format --check)
	$(call part,models,$(BIN)/ventanilla kb build)
	$(call part,tests,$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -rs)
	@echo "Not run here: make browser (needs Chromium), make chaos, make fuzz, make bench."

bench: $(TESTS)  ## engine time, webhook against a bare endpoint, one web process and two, memory
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.webhook
	$(BIN)/python -m benchmarks.processes

chaos: $(TESTS)  ## kills, floods, a failing provider and database; prints a table
	$(BIN)/python -m tests.chaos

fuzz: $(TESTS)   ## property tests and 20,000 requests to the API with many more examples, new ones each time
	$(BIN)/pytest tests/dialogue/test_properties.py tests/api/test_fuzz.py --hypothesis-profile=fuzz -s

browser: $(TESTS) ## web chat, console and calendar in a real Chromium; screenshots in var/screenshots
	$(BIN)/pytest -m browser tests/browser

image:           ## the container image, with Debian's buildah; prints what weighs in it
	.ci/image

lock:            ## pin the dependencies anew (needs uv): what runs, and with what the tests add
	$(COMPILE) --extra dev -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock -o requirements.lock
