# Mabillon. `make run` and `make test` are all that most people need; `make help` lists the rest.
# Everything happens below this folder: .venv holds the command, .venv-test what the tests need besides.

SAMPLES ?= samples
ARCHIVE ?= archive
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST ?=

BIN := .venv/bin
TEST := .venv-test/bin
READY := .venv/.ready
TEST_READY := .venv-test/.ready

.PHONY: help install run test bench bench-reading train lint docs lock clean
.DEFAULT_GOAL := help

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

install: $(READY) ## build .venv with the mabillon command in it

run: install ## make an archive of samples/ and serve it at http://127.0.0.1:8000
	@$(BIN)/mabillon ingest --archive $(ARCHIVE) $(SAMPLES) || true # what could not be read was named; the rest is served
	@$(BIN)/mabillon serve --archive $(ARCHIVE) --host $(HOST) --port $(PORT)

test: $(TEST_READY) ## install what the tests need and run them all (PYTEST="-k dates" for some)
	@$(TEST)/python scripts/needs.py
	@$(TEST)/python -m pytest -n auto --dist loadfile $(PYTEST)

bench: $(TEST_READY) ## measure the archive, names and search; writes docs/performance.md
	@$(TEST)/python -m bench.run

bench-reading: $(TEST_READY) ## measure reading against the specimens; writes docs/reading-results.md
	@$(TEST)/python -m bench.reading

train: $(TEST_READY) ## train the zone model anew from the labelled lines in training/
	@$(TEST)/python -m mabillon.form.train

lint: $(TEST_READY) ## check style and types
	@$(TEST)/ruff check src tests bench scripts
	@$(TEST)/mypy

docs: $(TEST_READY) ## write anew the pages that are made from the program itself
	@$(TEST)/python scripts/write_docs.py

$(READY): requirements.lock pyproject.toml scripts/venv.sh
	@sh scripts/venv.sh .venv requirements.lock
	@touch $@

$(TEST_READY): requirements-test.lock pyproject.toml scripts/venv.sh
	@sh scripts/venv.sh .venv-test requirements-test.lock bagit,pairtree
	@touch $@

COMPILE := CUSTOM_COMPILE_COMMAND="make lock" .venv-lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	--build-deps-for editable

lock: ## write the lock files anew from pyproject.toml (keeps what is pinned; `make lock UPGRADE=--upgrade`)
	@test -x .venv-lock/bin/pip-compile || { python3 -m venv .venv-lock && .venv-lock/bin/pip install -q pip-tools; }
	@$(COMPILE) $(UPGRADE) --output-file requirements.lock pyproject.toml
	@$(COMPILE) $(UPGRADE) --constraint requirements.lock --extra test --output-file requirements-test.lock pyproject.toml

clean: ## remove the environments and caches (never an archive)
	rm -rf .venv .venv-test .venv-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis build src/*.egg-info
