#!/usr/bin/env bash
# catch2-sources.sh FOLDER: puts Catch2's sources there, when the system's Catch2 is a compiled library (v3) and of no
# use in wasm. They come from Debian's source package, by the mirror of the packages; nothing of the system is changed.
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)
if [ -e /usr/include/catch2/catch.hpp ] || [ -e "$folder/catch_amalgamated.cpp" ]; then exit; fi

echo "== Catch2's sources, for the tests in wasm"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/lists/partial" "$tmp/cache/archives/partial"
options=(-q -o Dir::Etc::SourceList="$tmp/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$tmp/lists"
    -o Dir::Cache="$tmp/cache" -o Acquire::Languages=none -o APT::Sandbox::User=)

fetch() {
    apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        sort -u >"$tmp/sources.list" &&
        cd "$tmp" &&
        apt-get "${options[@]}" update &&
        apt-get "${options[@]}" source --download-only catch2 &&
        tar -xf catch2_*.orig.tar.* --strip-components=2 -C "$folder" --wildcards '*/extras/catch_amalgamated.*'
}

if ! (fetch) >"$tmp/log" 2>&1; then
    echo "   not found: the tests in wasm are left out. With catch_amalgamated.hpp and .cpp in a folder: make test CATCH2_DIR=FOLDER"
fi
