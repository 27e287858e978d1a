# Thin on purpose: what a target does is in the script of the same name.

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: help demo demo-stop test soak torture fuzz bench lint one-folder format embed release install uninstall deb check-deb clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## deploy the demo site from a scratch copy of the vault, and leave it running
	@scripts/demo

demo-stop: ## stop the demo site
	@scripts/demo stop

test: ## build and run all tests
	@scripts/test

soak: ## all tests, ten times idle, ten times beside other work, ten times on one core
	@scripts/soak

torture: ## the long, drawn tests: kills, races, escapes (RUNBOOK_SEED draws the same again)
	@scripts/torture

fuzz: ## libFuzzer on all that reads what comes from outside, a minute each
	@scripts/fuzz

bench: ## measure a release build beside peers, into docs/benchmarks.md
	@scripts/bench

lint: ## format, order of the rooms, no full Foundation, shellcheck
	@scripts/lint

one-folder: ## the package must also build where Sources/runbook is Sources/Runbook (macOS)
	@scripts/check-one-folder

format: ## put the Swift sources into their one format
	@swift format --in-place --recursive --parallel Package.swift Sources Tests Fuzz

embed: ## put templates/ and vault/ as they are now into the sources of the binary
	@scripts/embed

release: ## the binaries as they are shipped, in .build/release-stage
	@scripts/release

install: release ## install to PREFIX (/usr/local): programs, manual page, completions
	@scripts/install "$(DESTDIR)$(PREFIX)"

uninstall: ## take out of PREFIX what install put there
	@scripts/install --remove "$(DESTDIR)$(PREFIX)"

deb: release ## a Debian package in .build
	@scripts/deb

check-deb: deb ## install that package in a bare Debian system, use it and remove it (as root, with network)
	@scripts/check-deb

clean: demo-stop ## stop the demo and remove everything that was built
	@rm -rf .build
