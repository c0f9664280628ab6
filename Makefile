# The words a person types. What they do stands in scripts/, which works without make, too.
.DEFAULT_GOAL := help
.PHONY: help setup rehearse test test-fast check bench docs lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: ## Python environments and the Pulumi engine
	scripts/setup

rehearse: setup ## the whole rehearsal on a local AWS
	.venv/bin/rehearsal run

test: setup ## all checks, then all tests
	scripts/check
	scripts/test

check: setup ## format, lint, types, layers
	scripts/check

test-fast: setup ## the tests that start nothing
	scripts/test fast

bench: setup ## the figures, each beside its bare counterpart
	.venv/bin/python -m bench.program
	.venv/bin/python -m bench.policies
	.venv/bin/python -m bench.compare
	.venv/bin/python -m bench.local_aws

docs: setup ## the pages that are written from the code
	PYTHONPATH=. rehearsal/emulator/.venv/bin/python -m rehearsal.emulator.documentation > build/emulator.md && mv build/emulator.md docs/emulator.md
	.venv/bin/python -W ignore policies/documentation.py > build/policies.md && mv build/policies.md docs/policies.md

lock: ## both lock files anew, from the ranges in the two pyproject.toml
	uv pip compile --universal --generate-hashes --group dev pyproject.toml -o requirements.lock --python-version 3.11 --no-header
	uv pip compile --universal --generate-hashes rehearsal/emulator/pyproject.toml -o rehearsal/emulator/requirements.lock --python-version 3.11 --no-header
