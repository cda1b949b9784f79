#!/usr/bin/env bash
# Sets up what the build or the tests need, and nothing that is already there. (tools/conformance.py sees to its own.)
# Everything goes under .tools/ and node_modules/ of this folder; only a browser comes from the system's own packages.
#
#   tools/setup.sh build   what `make site` and `make serve` need
#   tools/setup.sh test    that, and a browser with its driver
set -euo pipefail
cd "$(dirname "$0")/.."

readonly TRUNK_VERSION=0.21.14
# wasm-bindgen's command must equal the crate, so Cargo.lock is the only place that says which.
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock)
readonly WASM_BINDGEN_VERSION
readonly TOOLS="$PWD/.tools"

say() { printf -- '-- %s\n' "$*"; }

# Names what is missing and the command that gets it, then stops.
missing() {
  printf '\nFalta %s. Para tenerlo: / %s is missing. To get it:\n    %s\n' "$1" "$1" "$2" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# A command of the system, by the Debian package that holds it.
need_command() {
  have "$1" || missing "$1" "${2:-apt-get install $1}"
}

rust() {
  need_command cargo "https://rustup.rs"
  need_command cc "apt-get install build-essential"
  local target=wasm32-unknown-unknown
  if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]; then
    need_command rustup "https://rustup.rs"
    say "Rust para $target: se descarga una vez, unos segundos · downloaded once, some seconds"
    rustup target add "$target" || missing "$target" "rustup target add $target"
  fi
}

rust_lints() {
  cargo fmt --version >/dev/null 2>&1 || missing rustfmt "rustup component add rustfmt"
  cargo clippy --version >/dev/null 2>&1 || missing clippy "rustup component add clippy"
}

# cargo_tool COMMAND CRATE VERSION TIME-ES TIME-EN
cargo_tool() {
  local command=$1 crate=$2 version=$3
  if [ "$("$TOOLS/bin/$command" --version 2>/dev/null)" = "$command $version" ]; then
    return
  fi
  say "$crate $version: se compila una vez, $4 · compiled once, $5"
  # A target folder of its own: these builds neither fill nor lock the project's.
  CARGO_TARGET_DIR="$TOOLS/build" cargo install --quiet --locked --force --root "$TOOLS" --version "$version" "$crate" ||
    missing "$crate $version" "cargo install --locked --force --root .tools --version $version $crate"
  rm -rf "$TOOLS/build"
}

node_modules() {
  need_command node "https://nodejs.org (20+)"
  need_command npm "https://nodejs.org (20+)"
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    missing "Node 20+ ($(node --version))" "https://nodejs.org (20+)"
  fi
  local stamp=node_modules/.yupay-lock
  if cmp -s package-lock.json "$stamp"; then
    return
  fi
  say "wasm-opt, selenium-webdriver, axe-core (npm): se descargan una vez, menos de un minuto · downloaded once, under a minute"
  npm ci --no-audit --no-fund --ignore-scripts --loglevel=error || missing "node_modules" "npm ci"
  cp package-lock.json "$stamp"
}

browser() {
  local chromium=${CHROMIUM:-/usr/bin/chromium} chromedriver=${CHROMEDRIVER:-/usr/bin/chromedriver}
  if [ -x "$chromium" ] && [ -x "$chromedriver" ]; then
    return
  fi
  # Without a font package a page is a row of empty boxes, and chromium only recommends one.
  local packages="chromium chromium-driver fonts-dejavu-core" as=
  local by_hand="apt-get install $packages   (o / or: CHROMIUM=... CHROMEDRIVER=... make test)"
  have apt-get || missing "chromium + chromedriver" "$by_hand"
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || missing "chromium + chromedriver" "sudo $by_hand"
    as="sudo -n"
  fi
  say "chromium + chromedriver (apt): se instalan una vez, 1 o 2 minutos · installed once, 1 or 2 minutes"
  # shellcheck disable=SC2086 # both are lists of words
  { $as apt-get -qq update && DEBIAN_FRONTEND=noninteractive $as apt-get -qq install -y --no-install-recommends $packages >/dev/null; } ||
    missing "chromium + chromedriver" "$by_hand"
  [ -x "$chromium" ] && [ -x "$chromedriver" ] || missing "$chromium + $chromedriver" "$by_hand"
}

build() {
  need_command python3
  rust
  cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "unos 2 minutos" "about 2 minutes"
  cargo_tool trunk trunk "$TRUNK_VERSION" "unos 9 minutos" "about 9 minutes"
  node_modules
}

mkdir -p "$TOOLS"
case "${1:-}" in
  build) build ;;
  test)
    build
    rust_lints
    browser
    ;;
  *)
    echo "tools/setup.sh build|test" >&2
    exit 2
    ;;
esac
