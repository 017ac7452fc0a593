# Everything a developer does, one command each: `make help`.
# The recipes of one target run in order; the targets themselves may run side by side (-j).

SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PYTHON_IN := $(BIN)/python
SAMPLE ?= .sample
# Extra words for pytest, for example: make test PYTEST_ARGS="-k cart"
PYTEST_ARGS ?=
# Campaigns of faults, for example: make faults FAULTS="kills --count 50"
FAULTS ?=
WORKERS ?= auto
CODE := pos tests tools $(wildcard migrations)

# The venv's stamps: a venv for running is enough to run; the one for developers holds both.
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev

# A venv whose Python has gone, as after an upgrade of the system, is made anew.
$(shell test -e $(VENV) && ! $(PYTHON_IN) -c '' 2>/dev/null && rm -f $(RUN_READY) $(DEV_READY))

.PHONY: help run test fmt lint types lock messages bench faults big-book release-book screenshots wheel \
	venv system-libs system-libs-dev system-libs-faults clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' \
		| while IFS='|' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

run: $(RUN_READY) ## set everything up and open the till on a sample stand
	@test -e $(SAMPLE) || $(PYTHON_IN) -m pos sample $(SAMPLE)
	@bash tools/with_screen.sh $(PYTHON_IN) -m pos --data $(SAMPLE)

test: $(DEV_READY) ## set everything up and run all that CI runs
	@bash tools/check_all.sh $(BIN) "$(CODE)" "$(WORKERS)" $(PYTEST_ARGS)

fmt: $(DEV_READY) ## format the code and mend what ruff can mend
	@$(BIN)/ruff check -q --fix-only $(CODE)
	@$(BIN)/ruff format $(CODE)

lint: $(DEV_READY) ## ruff and the architecture contracts
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/lint-imports --no-logo

types: $(DEV_READY) ## mypy, strict
	@$(BIN)/mypy $(CODE)

messages: $(DEV_READY) ## collect the texts from the code into the catalogues, and compile these
	@$(PYTHON_IN) -m tools.messages update

bench: $(DEV_READY) ## measure the speed goals, print them, write tests/benchmarks/RESULTS.md
	@$(PYTHON_IN) -m tests.benchmarks

faults: $(DEV_READY) system-libs-faults ## power cuts, kills, full disks, ... at length; write tests/faults/RESULTS.md
	@$(BIN)/uv pip install -q --python $(PYTHON_IN) --require-hashes -r tests/faults/requirements.txt \
		|| echo "Without atheris, input is made by Hypothesis alone."
	@nice -n 10 $(PYTHON_IN) -m tests.faults $(FAULTS)

big-book: $(DEV_READY) ## make the large book that the benchmarks need
	@$(PYTHON_IN) -m tools.big_book

release-book: $(DEV_READY) ## keep the book that this version writes (tests/books), at each release
	@$(PYTHON_IN) -m tools.release_book

screenshots: $(DEV_READY) ## draw every screen into docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN) -m tools.screenshots

wheel: $(DEV_READY) ## build the wheel into dist/
	@$(PYTHON_IN) -m build --wheel --no-isolation --outdir dist .

lock: $(DEV_READY) ## pin what pyproject.toml asks for, with hashes (UPGRADE=1: the newest of all)
	@bash tools/lock.sh $(BIN)/uv $(if $(UPGRADE),upgrade)

venv: $(DEV_READY) ## the developer's .venv (made again only when the lock has changed)

system-libs: ## the system libraries that the till needs (Debian, Ubuntu)
	@bash tools/system_libs.sh run

system-libs-dev: ## ... and those that its tests need
	@bash tools/system_libs.sh dev

system-libs-faults: ## ... and those that only the long campaign of faults needs
	@bash tools/system_libs.sh faults

$(DEV_READY): requirements-dev.lock | system-libs-dev
	@bash tools/make_venv.sh $(VENV) requirements-dev.lock --editable
	@touch $(RUN_READY) $@

# Once the developer's venv is there it serves for running too; only the lock for running can make it stale.
$(RUN_READY): requirements.lock | system-libs
	@bash tools/make_venv.sh $(VENV) requirements.lock
	@touch $@

clean: ## remove what these commands have made (not the sample stand)
	@rm -rf $(VENV) build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	@find pos tests tools $(wildcard migrations) -name __pycache__ -type d -prune -exec rm -rf {} +
