# elkk in three commands. Everything else stands in noxfile.py: .venv/bin/nox -l explains it.

BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PATH := $(CURDIR)/$(BIN):$(PATH)
PYTHONS := python3.13 python3.12 python3.11 python3

.PHONY: help demo demo-reset test lock

help:  ## Show this list.
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 18

demo: .venv/demo.stamp  ## Start the cabinet, filled with demo data, on http://127.0.0.1:8000.
	$(BIN)/elkk demo

demo-reset: .venv/demo.stamp  ## The same, with the demo data made anew.
	$(BIN)/elkk demo --reset

test: .venv/dev.stamp  ## Run every check and every test, a real browser included.
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/nox --no-venv --no-install --sessions lint typing docs
	$(BIN)/python -m pytest -n 2

lock: .venv/dev.stamp  ## Renew requirements/*.lock.
	$(BIN)/nox --sessions lock

# Installed anew only when the lock is newer than the last installation.
.venv/%.stamp: requirements/%.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement $<
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The first Python that runs (some are only signposts) and is new enough.
.venv/bin/python:
	@for python in $(PYTHONS); do \
	    if $$python -c 'import ensurepip, sqlite3, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then exec $$python -m venv .venv; fi; \
	done; echo 'elkk needs Python 3.11 or newer, with its venv module.' >&2; exit 1
