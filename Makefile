# Lianxue: `make run` starts the platform, `make test` proves it. Each sets up what it needs by itself.

BIN := .venv/bin
STAMPS := .stamps
CATALOGUES := $(wildcard src/lianxue/*/locale/*/LC_MESSAGES/django.po)
PARALLEL ?= 2
SPREAD = -n $(PARALLEL) --dist worksteal # what takes minutes is begun first (tests/conftest.py), the rest shared out
FAULT_TRIALS ?= 40

.DEFAULT_GOAL := help
.PHONY: help run install test test-faults bench growth check lint types contracts lock messages docs forms clean test-api

help:
	@echo "make run       start the platform with the demonstration network (PORT=8000, DATABASE_URL= are honoured)"
	@echo "make install   set up what a server needs, start nothing (docs/operators.md)"
	@echo "make test      set up and run everything: format, lint, types, contracts, translations, tests, browser"
	@echo "make check     the same without the browser"
	@echo "make test-faults  kills, crowds and full disks at length (FAULT_TRIALS=40; make test has a short form)"
	@echo "make bench     processor time of the commonest operations (docs/performance.md)"
	@echo "make growth    the same pages and steps at 400, 4,000 and 20,000 points: about six minutes"
	@echo "make lint      format, lint, types and contracts only"
	@echo "make test-api  send the open interface many requests of every shape"
	@echo "make messages  bring the translation catalogues up to date with the code"
	@echo "make docs      derive the diagrams and lists in docs/ from the code"
	@echo "make forms     draw every published form beside what is printed of it (OUT=var/forms)"
	@echo "make lock      resolve requirements/*.in into the lock files"
	@echo "make clean     remove everything that set-up made (the data in var/ stay)"

# --- what people do ------------------------------------------------------------------------------------------------

run: install
	@$(BIN)/lianxue serve --demo

install: $(STAMPS)/base $(STAMPS)/front $(STAMPS)/messages

test: lint $(STAMPS)/chromium
	$(BIN)/pytest $(SPREAD)

test-faults: $(STAMPS)/dev $(STAMPS)/front $(STAMPS)/messages
	FAULT_TRIALS=$(FAULT_TRIALS) $(BIN)/pytest tests/faults -p no:randomly

forms: $(STAMPS)/dev $(STAMPS)/front $(STAMPS)/messages
	@$(BIN)/python tools/form_pictures.py $(or $(OUT),var/forms)

bench: $(STAMPS)/dev $(STAMPS)/front $(STAMPS)/messages
	@$(BIN)/python -m benchmarks

growth: $(STAMPS)/dev $(STAMPS)/front $(STAMPS)/messages
	@$(BIN)/python -m benchmarks.growth

check: lint
	$(BIN)/pytest $(SPREAD) -m "not browser"

lint: $(STAMPS)/dev $(STAMPS)/front $(STAMPS)/messages
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/ast-grep scan --error
	$(BIN)/djlint --lint src

test-api: $(STAMPS)/dev
	LIANXUE_API_EXAMPLES=150 $(BIN)/pytest tests/api/test_schemathesis.py

messages: $(STAMPS)/dev
	$(BIN)/python tools/messages.py extract
	$(BIN)/python tools/messages.py compile

docs: $(STAMPS)/dev
	$(BIN)/python tools/flow_diagrams.py
	$(BIN)/python tools/programme_pages.py

lock: $(STAMPS)/dev
	tools/lock

clean:
	rm -rf .venv node_modules $(STAMPS) build src/*.egg-info src/lianxue/web/static/vendor
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +

# --- set-up: each step leaves a stamp and is skipped while its inputs stay as they are -------------------------------

$(STAMPS)/venv:
	@tools/make-venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: $(STAMPS)/venv requirements/base.txt pyproject.toml
	@echo "Installing Python packages (the first time this takes a minute or two) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base requirements/dev.txt
	@echo "Installing the tools for tests and checks …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/front: $(STAMPS)/base package.json package-lock.json tools/frontend.mjs
	@echo "Installing front-end packages …"
	@tools/with-node npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@tools/with-node npm run --silent build
	@touch $@

$(STAMPS)/messages: $(STAMPS)/base $(CATALOGUES) tools/messages.py
	@$(BIN)/python tools/messages.py compile
	@touch $@

$(STAMPS)/chromium: $(STAMPS)/dev tools/find-chromium
	@tools/find-chromium
	@touch $@
