# `make help` lists what there is. Needs Linux and Python 3.11 or newer, nothing else.

PYTHON ?= python3
ARGS ?=
export PORT ?= 8000
# Some images set this. Every process would then compile all it imports: three seconds of the site's,
# seventeen of a test process's.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
RUN := $(VENV)/bin/python
STACK := $(RUN) -m portal.stack
NEXT_VENV := .venv-next
TEMPLATES = $(shell find templates -name '*.html')
LOCK = $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-header $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help setup venv run services test test-next browser lint bench demo pictures messages lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

# The interpreter of a finished environment is good enough: PYTHON only matters the first time.
venv:
	@$(if $(wildcard $(RUN)),$(RUN),$(PYTHON)) portal/stack/venv.py $(VENV) requirements/dev.txt

setup: venv ## Install everything into .venv and build the front end
	@$(STACK) setup

run: venv ## Start the whole site; PORT=8000 HOST=127.0.0.1
	@$(STACK) run

services: setup ## Start only the database and the broker of `make run`
	@$(STACK) services

test: setup browser ## Run all tests; ARGS="-k name"; ALL=1 adds the newest Django and Python
	@$(STACK) test -- python -m pytest -n auto $(ARGS)
	@$(if $(ALL),$(MAKE) --no-print-directory test-next)

test-next:
	@$(RUN) -m portal.stack.next_python $(NEXT_VENV) requirements/next.txt
	@$(NEXT_VENV)/bin/python -m portal.stack test -- python -m pytest -n auto $(ARGS)

browser:
	@$(STACK) browser

lint: setup ## Check format, types, layers, templates and committed addresses
	@$(VENV)/bin/ruff format --check --quiet
	@$(VENV)/bin/ruff check --quiet
	@TRILINK_ENV=test $(VENV)/bin/mypy  # its Django plugin loads the settings
	@$(VENV)/bin/lint-imports
	@$(if $(TEMPLATES),$(VENV)/bin/djade --check $(TEMPLATES))
	@$(if $(TEMPLATES),$(VENV)/bin/djlint --lint --quiet templates)
	@$(RUN) -m portal.stack.addresses

bench: setup ## Measure every promise of speed
	@$(STACK) test --durable -- python -m tests.bench $(ARGS)

demo: setup ## Load the demo world into the running site
	@$(RUN) manage.py demo $(ARGS)

pictures: setup ## Take the pictures of the documentation again
	@TRILINK_PICTURES=$(CURDIR)/docs/pictures $(STACK) test -- python -m pytest tests/browser $(ARGS)

messages: setup ## Collect the strings to translate
	@$(RUN) manage.py messages

lock: venv ## Lock the packages with hashes; UPGRADE=1 takes the newest
	@$(LOCK) --python-version 3.11 requirements/uv.in --output-file requirements/uv.txt
	@$(LOCK) --python-version 3.11 requirements/base.in --output-file requirements/base.txt
	@$(LOCK) --python-version 3.11 requirements/dev.in --constraint requirements/base.txt \
		--output-file requirements/dev.txt
	@$(LOCK) --python-version 3.12 requirements/next.in --output-file requirements/next.txt

clean: ## Remove what can be built again; the data in var stays
	@rm -rf $(VENV) $(NEXT_VENV) node_modules static/vendor fonts staticfiles .*_cache
	@find portal matchmaking training tests locale -name __pycache__ -prune -exec rm -rf {} + \
		2>/dev/null || true
