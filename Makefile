# make run    a fresh clone → installs into .venv, makes the database, loads a demonstration, serves on http://localhost:8000
# make test   a fresh clone → installs what tests need (a browser and PostgreSQL from apt, axe-core from npm), runs every check
# Each part alone: make lint, make test-sqlite, make test-postgresql, make browser. `make format` formats the Python code.

BIN := .venv/bin
# Two test processes, each with a database of its own.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal
.NOTPARALLEL:
.PHONY: run test lint format test-sqlite test-postgresql browser test-sqlite-and-browser install install-for-tests tools lock

run: export KENESH_NODE_NAME ?= Колдоо
run: install
	@exec $(BIN)/kenesh serve --migrate --demo --stop-with-parent

# The last step is pytest's own, so that its closing line is the last one.
test: lint test-postgresql test-sqlite-and-browser

# Django's settings make the node's secrets when they are read: checks own a folder of their own. mypy takes as long as all others.
lint: export KENESH_HOME := $(CURDIR)/.venv/home-of-checks
lint: export KENESH_DATABASE_URL := sqlite
lint: install-for-tests
	@$(BIN)/mypy kenesh & types=$$!; \
	{ set -ex; \
	$(BIN)/ruff check; \
	$(BIN)/ruff format --check; \
	$(BIN)/lint-imports --no-cache; \
	$(BIN)/djlint --lint --quiet kenesh; \
	$(BIN)/kenesh check; \
	$(BIN)/kenesh makemigrations --check; \
	$(BIN)/kenesh messages check; }; \
	wait $$types

format: install-for-tests
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

test-sqlite: install-for-tests
	KENESH_TEST_ENGINE=sqlite $(PYTEST) -m "not browser"

test-postgresql: install-for-tests tools
	scripts/with-postgresql $(PYTEST) -m "not browser"

browser: install-for-tests tools
	KENESH_TEST_ENGINE=sqlite $(PYTEST) -m browser

test-sqlite-and-browser: install-for-tests tools
	KENESH_TEST_ENGINE=sqlite $(PYTEST)

install:
	@scripts/install requirements.txt

install-for-tests:
	@scripts/install requirements-test.txt

tools:
	@scripts/test-tools

# After a change of dependencies in pyproject.toml: locks with hashes and without download addresses.
lock:
	uv pip compile --quiet pyproject.toml --group build --universal --generate-hashes --no-header -o requirements.txt
	uv pip compile --quiet pyproject.toml --group test --universal --generate-hashes --no-header -o requirements-test.txt
	npm install --package-lock-only
