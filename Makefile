# Yupay. `make` alone lists what there is; tools/setup.sh gets what is missing the first time.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The project's own tools before any of the system's, so every machine builds with the same ones.
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)

# Folders of packages, or packages themselves; written to the shell as they stand, so quote those with spaces.
DATA ?= data
SITE ?= site
PORT ?= 8080
# Where the site will stand on its host (/ or /some/folder/); only the page for lost addresses needs to know.
BASE ?= /
# Only these pages beside the overview, for who works on one: PAGES="explore". QUICK=1 builds them quickly and large.
PAGES ?=
QUICK ?=
# A measurement in part: ROWS=10000,100000 SESSIONS=1 ENGINES=noop,typed PARTS=native,files,browser,cold; all of it where empty.
ROWS ?=
SESSIONS ?=
ENGINES ?=
PARTS ?=

.PHONY: help serve site test check size bench screenshots conformance data bless clean

help: ## this list
	@echo 'make TARGET [DATA="data /my/package"] [SITE=site] [PORT=8080] [BASE=/]'
	@echo 'make site PAGES="explore projects" QUICK=1: only some pages, quick to build and large'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

serve: site ## build the site and show it at http://127.0.0.1:8080
	@python3 tools/serve.py --directory '$(SITE)' --port '$(PORT)'

site: ## build the finished static site into site/, to be copied to any host
	@tools/setup.sh build
	$(if $(PAGES),python3 tools/part.py $(PAGES))
	env -u NO_COLOR trunk build $(if $(QUICK),--cargo-profile quick,--release) --locked --dist target/dist $(if $(PAGES),index.part.html)
	$(if $(PAGES),rm index.part.html)
	cargo build --locked --bin yupay
	python3 tools/site.py --dist target/dist --data $(DATA) --out '$(SITE)' --base '$(BASE)' --yupay target/debug/yupay \
		$(if $(PAGES),--pages '$(PAGES)')

test: ## every check: lints, tests, site, size, browser, data, conformance
	@tools/test.sh

check: ## only format and lints
	@tools/test.sh format clippy

size: ## bytes of a first visit, against the budget (needs the site built)
	@SITE='$(SITE)' node tools/size.mjs

bench: ## measure natively and in a browser beside other engines, half an hour (in part: PARTS= ROWS= SESSIONS= ENGINES=)
	@node tools/bench.mjs $(if $(PARTS),--parts '$(PARTS)') $(if $(ROWS),--rows '$(ROWS)') \
		$(if $(SESSIONS),--sessions '$(SESSIONS)') $(if $(ENGINES),--engines '$(ENGINES)')

screenshots: ## every page at 320, 768 and 1280 px, light and dark, into screenshots/ (needs the site built)
	@SITE='$(SITE)' node tools/screenshots.mjs

conformance: ## the packages under data/ against outside validators (needs PyPI)
	python3 tools/conformance.py

data: ## write the packages under data/ anew
	python3 tools/generate_data.py

bless: ## accept the charts as they are drawn now; read the difference before you commit it
	YUPAY_BLESS=1 cargo test --locked --features pages --test chart_goldens

clean: ## remove what was built; the tools in .tools/ and node_modules/ stay
	cargo clean
	rm -rf '$(SITE)' screenshots
