#!/usr/bin/env bash
# Installs what the machine lacks of the tools named: setup.sh native wasm node browser clock
# Asks whether a command or header is there, not whether its Debian package is: it may have come another way.
set -euo pipefail

missing=()

need_command() { # package command...: one of the commands will do
    local package=$1 name
    shift
    for name in "$@"; do
        if command -v "$name" >/dev/null; then return; fi
    done
    missing+=("$package")
}

need_header() { # package header...: one of the headers will do
    local package=$1 header folder
    shift
    for header in "$@"; do
        for folder in /usr/include /usr/local/include; do
            if [ -e "$folder/$header" ]; then return; fi
        done
    done
    missing+=("$package")
}

need_node() {
    need_command nodejs node
    if command -v npm >/dev/null; then return; fi
    local node
    node=$(command -v node || true)
    if [ -z "$node" ] || dpkg-query -S "$(readlink -f "$node")" >/dev/null 2>&1; then
        missing+=(npm)
    else
        echo "npm is missing, and $node is not from a Debian package: install npm as you installed node" >&2
        exit 1
    fi
}

check_node_version() {
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    if [ "$major" -lt 18 ]; then
        echo "node $(node --version) is too old: runsim needs 18 or newer" >&2
        exit 1
    fi
}

# Addresses of package servers are nobody's business in a log.
without_hosts() { sed -E 's#(https?|ftp)://[^ /]+#<package server>#g'; }

run_apt() {
    local log status=0
    log=$(mktemp)
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" </dev/null >"$log" 2>&1 || status=$?
    if [ $status -ne 0 ]; then tail -n 15 "$log" | without_hosts >"${TMPDIR:-/tmp}/runsim-apt-error.$$"; fi
    rm -f "$log"
    return $status
}

install_missing() {
    echo "== installing Debian packages: ${missing[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "This is no Debian: install these yourself, under whatever names your system has for them: ${missing[*]}" >&2
        exit 1
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
        if ! sudo -n true 2>/dev/null; then
            if [ -t 0 ] && command -v sudo >/dev/null; then
                as_root=sudo
            else
                echo "Not root, and sudo does not work here. As root: apt-get install ${missing[*]}" >&2
                exit 1
            fi
        fi
    fi
    # Package lists may be there and fresh enough; only when the packages cannot be had are they fetched.
    local error=${TMPDIR:-/tmp}/runsim-apt-error.$$
    if ! run_apt install --no-install-recommends "${missing[@]}"; then
        if ! run_apt update || ! run_apt install --no-install-recommends "${missing[@]}"; then
            cat "$error" >&2
            rm -f "$error"
            echo "Could not install: ${missing[*]}" >&2
            exit 1
        fi
    fi
    rm -f "$error"
}

need_build_tools() {
    need_command cmake cmake
    need_command ninja-build ninja
    need_header nlohmann-json3-dev nlohmann/json.hpp
}

for group in "$@"; do
    case $group in
        native)
            need_build_tools
            need_command g++ "${CXX:-c++}" g++ clang++
            need_header catch2 catch2/catch.hpp catch2/catch_all.hpp
            ;;
        wasm)
            need_build_tools
            need_command emscripten em++
            ;;
        node) need_node ;;
        browser) need_command chromium chromium chromium-browser google-chrome ;;
        clock) need_command faketime faketime ;;
        *)
            echo "setup.sh: unknown group '$group' (known: native wasm node browser clock)" >&2
            exit 2
            ;;
    esac
done

if [ ${#missing[@]} -gt 0 ]; then install_missing; fi
for group in "$@"; do
    if [ "$group" = node ]; then check_node_version; fi
done
