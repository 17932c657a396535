# The one entrance: `make` lists what there is. Each target installs what it needs and lacks.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
.NOTPARALLEL: # CMake and vitest share the cores out themselves

PORT ?= 6789
PROJECT ?= projects/demo
# Set: warnings are errors. A newer compiler warns of more, so only CI asks for it.
WERROR ?=
# Catch2's sources (catch_amalgamated.hpp and .cpp), for the tests in wasm where the system's Catch2 is a native library (v3).
CATCH2_DIR ?= build/catch2
CLANG ?= clang++
node := scripts/node
# openapi-typescript needs the compiler's API of TypeScript 5, so the compiler itself has another name.
tsc := $(node) node_modules/typescript-7/bin/tsc

.PHONY: help
help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1	\2/p' Makefile | expand -t 16

# ---- what users call

.PHONY: setup build demo test test-nodes test-clang test-times timeline bench format check-style clean
setup: setup-test node_modules/.lock ## install what is missing: Debian packages (root or sudo), then npm's

build: page ## what ships: wasm module, npm package, page

demo: build ## build, then serve the page and the API on http://127.0.0.1:6789 (PORT=, PROJECT=)
	@node wasm/package/dist/cli.js serve --project $(PROJECT) --port $(PORT) --page web/dist

test: setup-test dev release wasm-tests package page types tests/bench/node_modules/.lock ## every test: native twice, wasm, package, conformance, browser
	@$(node) tests/support/run_suites.mjs

test-nodes: package ## what ships, in short, under node 18, 20, 22, 24 and 26
	@scripts/test-nodes.sh

test-clang: setup-native ## the native tests by clang (CLANG=clang++-19)
	@$(CLANG) -fsanitize=address,undefined -x c++ -o /dev/null - <<<'int main() {}' \
	    || { echo "$(CLANG) is missing, or its sanitizers: install clang-NN and libclang-rt-NN-dev" >&2; exit 1; }
	@$(call configure,dev,build/$(CLANG),-DCMAKE_CXX_COMPILER=$(CLANG))
	@cmake --build build/$(CLANG)
	@build/$(CLANG)/tests/runsim_tests

test-times: setup-test dev release wasm-tests package page ## every test at many hours and days and in many time zones; half an hour
	@$(node) tests/support/test_times.mjs

timeline: package ## the life of one run, a status change a line (docs/timeline.md)
	@node scripts/timeline.mjs

bench: setup-native setup-browser build/release/build.ninja page tests/bench/node_modules/.lock ## benchmarks, native and in two nodes and Chromium: tables, and build/bench.json
	@cmake --build --preset release --target runsim_bench
	@build/release/tests/runsim_bench tests/bench/project.json build/bench.json
	@$(node) tests/bench/bench.mjs

format: node_modules/.lock ## clang-format and Biome over every source file; `make test` checks it
	@$(node) scripts/format.mjs

check-style: setup-native build/dev/build.ninja ## clang-tidy over core (needs clang-tidy and run-clang-tidy)
	@run-clang-tidy -quiet -p build/dev '/core/.*\.cpp$$'

clean: ## remove what was built (not node_modules)
	rm -rf build wasm/package/dist wasm/package/LICENSE web/dist

# ---- the parts

.PHONY: setup-native setup-wasm setup-node setup-browser setup-test
setup-native:
	@scripts/setup.sh native
setup-wasm:
	@scripts/setup.sh wasm node
setup-node:
	@scripts/setup.sh node
setup-browser:
	@scripts/setup.sh browser
setup-test:
	@scripts/setup.sh native wasm node browser clock
	@scripts/catch2-sources.sh $(CATCH2_DIR)

# Configures a preset into a folder: configure,PRESET,FOLDER,OPTIONS
configure = mkdir -p build && { cmake --preset $(1) -B $(2) $(settings) $(3) >$(2).configure.log 2>&1 \
    || { cat $(2).configure.log; exit 1; }; }
settings = -DRUNSIM_WERROR=$(if $(WERROR),ON,OFF) -DRUNSIM_CATCH2_DIR=$(abspath $(CATCH2_DIR))

build/%/build.ninja: CMakePresets.json wasm/toolchain.cmake build/settings
	@echo "== configure $*"
	@$(call configure,$*,build/$*)
	@touch $@

.PHONY: force
build/settings: force
	@mkdir -p build
	@cmp -s $@ - <<<'$(settings)' || echo '$(settings)' >$@

.PHONY: dev release wasm wasm-tests
dev: setup-native build/dev/build.ninja ## native build with sanitizers
	@echo "== build dev"
	@cmake --build --preset dev
release: setup-native build/release/build.ninja
	@echo "== build release"
	@cmake --build --preset release
wasm: setup-wasm build/wasm/build.ninja
	@echo "== build wasm"
	@cmake --build --preset wasm --target runsim_wasm
wasm-tests: setup-wasm build/wasm/build.ninja
	@echo "== build wasm, tests"
	@cmake --build --preset wasm

# npm's packages: again only when the lock's content changed, whatever its time. The libraries that the benchmarks compare
# are many: only `make bench` and `make test` install them.
node_modules/.lock: package-lock.json | setup-node
tests/bench/node_modules/.lock: tests/bench/package-lock.json | node_modules/.lock
node_modules/.lock tests/bench/node_modules/.lock:
	@if ! cmp -s $< $@; then echo "== npm packages of $<"; scripts/npm-packages.sh $(<D); fi
	@cp $< $@

.PHONY: package page types
package: setup-node wasm
	@$(MAKE) build/package.stamp
page: setup-node package
	@$(MAKE) build/page.stamp
types: package page
	@echo "== types of the tests"
	@$(tsc) -p tests

files = $(shell find $(1) -type f 2>/dev/null)

build/package.stamp: node_modules/.lock $(call files,wasm/package/src wasm/package/scripts wasm/package/openapi projects/demo) \
    wasm/package/package.json wasm/package/tsconfig.json LICENSE build/wasm/runsim.wasm build/wasm/runsim.mjs
	@echo "== npm package"
	@rm -rf build/package
	@mkdir build/package
	@$(node) wasm/package/scripts/bundle-openapi.mjs wasm/package/openapi build/package
	@$(tsc) -p wasm/package --outDir build/package
	@cp build/wasm/runsim*.wasm wasm/package/src/*.d.mts wasm/package/src/*.d.ts build/package/
	@$(node) wasm/package/scripts/minify-glue.mjs build/wasm/runsim.mjs build/package
	@$(node) wasm/package/scripts/bundle-demo.mjs projects/demo build/package
	@$(node) wasm/package/scripts/demo-memory.mjs build/package
	@chmod +x build/package/cli.js
	@rm -rf wasm/package/dist && mv build/package wasm/package/dist
	@cp LICENSE wasm/package/
	@touch $@

build/page.stamp: node_modules/.lock build/package.stamp $(call files,web/src web/public) $(wildcard web/*.html) \
    web/package.json web/tsconfig.json web/vite.config.ts
	@echo "== page"
	@$(tsc) -p web
	@$(node) node_modules/vite/bin/vite.js build web --logLevel warn
	@touch $@
