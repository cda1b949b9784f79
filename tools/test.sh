#!/usr/bin/env bash
# Every check of the project, stage by stage, each with its name and its time; the first failure stops.
#
#   tools/test.sh                 all of them, in this order
#   tools/test.sh format clippy   only these
set -euo pipefail
cd "$(dirname "$0")/.."

readonly STAGES=(setup format clippy cargo pabutools site size simd browser data conformance)

setup() { tools/setup.sh test; }

format() { cargo fmt --all --check; }

# The builds of the project. Leptos' features exclude one another, so no build has them all.
clippy() {
  cargo clippy --locked --no-default-features --lib -- -D warnings
  cargo clippy --locked --all-targets -- -D warnings
  cargo clippy --locked --features pages --all-targets -- -D warnings
  local wasm='--locked --target wasm32-unknown-unknown --no-default-features'
  # shellcheck disable=SC2086 # a list of words
  {
    cargo clippy $wasm --features web --lib --bins -- -D warnings
    cargo clippy $wasm --features loader --lib --bins -- -D warnings
    cargo clippy $wasm --features funder --lib --bins -- -D warnings
    cargo clippy $wasm --features bench-page --bin bench-csv --bin bench-pack --bin bench-allocation -- -D warnings
  }
}

cargo_tests() {
  # Said here because cargo hides what a passing test prints.
  [ -d ../shared ] || echo '../shared no está junto al proyecto: se omiten las pruebas que la usan · not beside the checkout: tests on it are skipped'
  cargo test --locked --no-default-features --lib
  # `pages` holds everything `cli` does, and its doctests; one full native build instead of two.
  cargo test --locked --features pages
}

pabutools() { python3 tools/pabutools.py; }

site() { make --no-print-directory site DATA=data; }

size() { node tools/size.mjs; }

simd() { node tools/simd.mjs; }

browser() {
  # The journeys compare the page with what the command says of the same package.
  cargo build --locked --features pages --bin yupay
  node --test --test-reporter spec tests/browser/*.test.mjs
}

data() { python3 tools/generate_data.py --check; }

conformance() { python3 tools/conformance.py; }

run() {
  local name=$1 started=$SECONDS
  printf '\n== %s\n' "$name"
  case $name in
    cargo) cargo_tests ;;
    setup | format | clippy | pabutools | site | size | simd | browser | data | conformance) "$name" ;;
    *)
      echo "no such stage: $name (${STAGES[*]})" >&2
      exit 2
      ;;
  esac
  printf '== %s: %d s\n' "$name" $((SECONDS - started))
}

trap '[ $? -eq 0 ] || printf "\n== failed after %d s\n" "$SECONDS" >&2' EXIT
for stage in "${@:-${STAGES[@]}}"; do
  run "$stage"
done
printf '\n== ok: %d s\n' "$SECONDS"
