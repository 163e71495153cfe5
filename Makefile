# The doors of the project. Needs make and Python >= 3.11; everything else is fetched into .tools and .venv, by the hashes in the locks.
# Another Python: `make PYTHON=/path/to/python3.12 setup`.

PYTHON ?=
AS_OF  ?= 2025-12-31

# What needs the developing environment; a developing environment also runs reports, so whoever has it (or asks for both) installs only that.
DEV_GOALS := setup lab test lint bench pictures
RUN_ENV   := .venv/$(if $(or $(wildcard .venv/dev.stamp),$(filter $(DEV_GOALS),$(MAKECMDGOALS))),dev,run).stamp
DEV_ENV   := .venv/dev.stamp
BIN       := .venv/bin
# By another name, or `make -n test` would run the tests.
AGAIN     := $(MAKE)

export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup lab report test lint bench pictures lock clean lint-style lint-layout lint-imports lint-types

help:
	@echo "Customer Segmentation Workbook: raw sales files to a dated report about your customers."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

setup: $(DEV_ENV) ## prepare everything: the locked environment, with the tools for working on it

lab: $(DEV_ENV) ## open the notebooks in JupyterLab
	$(BIN)/python -m jupyterlab --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb

report: $(RUN_ENV) ## make the report of the sample shop, in English and Chinese
	@$(BIN)/workbook run --as-of $(AS_OF)
	@echo "Open $(CURDIR)/reports/$(AS_OF)/index.html"

# Tests run, and say how they ended, even where lint has something to say; both must pass.
test: $(DEV_ENV) ## lint, then run all tests
	@linted=0; $(AGAIN) --no-print-directory lint || linted=$$?; $(BIN)/python -m pytest --numprocesses 2 --dist loadfile && exit $$linted

lint: lint-style lint-layout lint-imports lint-types ## check style, layout, import contracts and types

lint-style: $(DEV_ENV)
	@$(BIN)/ruff check

lint-layout: $(DEV_ENV)
	@$(BIN)/ruff format --check

lint-imports: $(DEV_ENV)
	@$(BIN)/lint-imports --no-logo

lint-types: $(DEV_ENV)
	@$(BIN)/python -m mypy

bench: $(DEV_ENV) ## measure speed and memory beside pandas, SQL and other packages: some three hours; ONLY="scoring gzip" measures parts
	@$(BIN)/python benchmarks/bench.py $(if $(ONLY),--only $(ONLY))
	@$(if $(ONLY),,$(BIN)/python benchmarks/value.py)
	@$(if $(ONLY),,$(BIN)/python benchmarks/classification.py)

pictures: $(DEV_ENV) ## photograph the sample report for the README (needs Chromium)
	@$(BIN)/workbook run --as-of $(AS_OF)
	@$(BIN)/python docs/pictures.py reports/$(AS_OF)

lock: .tools/stamp ## resolve the locks again after a change of pyproject.toml; UPGRADE=--upgrade for newer versions
	@[ -x .tools/bin/uv ] || { echo "make lock needs uv, which could not be installed here; see the message of 'make clean setup'."; exit 1; }
	$(COMPILE) requirements.lock pyproject.toml --group build
	$(COMPILE) requirements-dev.lock pyproject.toml --group dev --constraints requirements.lock
	$(COMPILE) requirements-tools.lock --group tools

clean: ## remove the environment and all caches; reports and data stay
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests notebooks benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------------------------------------------------

COMPILE = .tools/bin/uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE) --output-file

# uv lives in an environment of its own: inside .venv its own `sync` would remove it.
.tools/stamp: requirements-tools.lock
	@found=; for python in $(PYTHON) $(if $(PYTHON),,python3 python3.14 python3.13 python3.12 python3.11 python); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	[ -n "$$found" ] || { echo "No Python 3.11 or newer was found $(if $(PYTHON),at $(PYTHON),on the path). Install one from python.org or your package manager, or name it: make PYTHON=/path/to/python3.12 setup"; exit 1; }; \
	rm -rf .tools; \
	"$$found" -m venv .tools || { rm -rf .tools; echo "$$found cannot make an environment. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install --quiet --require-hashes -r requirements-tools.lock || echo "uv cannot be had here; pip does the same work, about eight times slower."
	@touch $@

# $(call install,LOCK): exactly what the lock names, then the project itself, editable. uv does not read pip's configuration, so a mirror set there is handed over.
define install
	@rm -f .venv/*.stamp
	@[ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || .tools/bin/python -m venv --clear --without-pip .venv
	@echo "Preparing .venv from $(1); the first time this fetches a few hundred megabytes."
	@index=$${PIP_INDEX_URL:-$$(.tools/bin/python -m pip config get global.index-url 2>/dev/null)}; \
	if [ -x .tools/bin/uv ] && .tools/bin/uv pip sync --quiet --system-certs --compile-bytecode --require-hashes --python .venv/bin/python $${index:+--default-index "$$index"} $(1); then :; else \
	    [ ! -x .tools/bin/uv ] || echo "uv did not succeed; trying pip."; \
	    .tools/bin/python -m pip --python .venv/bin/python install --quiet --require-hashes -r $(1); \
	fi
	@if [ -x .tools/bin/uv ]; then .tools/bin/uv pip install --quiet --offline --python .venv/bin/python --no-deps --no-build-isolation --editable .; \
	else .tools/bin/python -m pip --python .venv/bin/python install --quiet --no-deps --no-build-isolation --editable .; fi
	@touch $@
endef

.venv/run.stamp: requirements.lock pyproject.toml .tools/stamp
	$(call install,requirements.lock)

.venv/dev.stamp: requirements-dev.lock pyproject.toml .tools/stamp
	$(call install,requirements-dev.lock)
