#!/usr/bin/env bash
# Installs the npm packages of package-lock.json.
# npm silently leaves out optional packages whose `engines` exclude the node that runs npm, such as Vite's native parts
# under Debian 12's node 18. So the pinned node comes first, and runs npm for the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

options=(--ignore-scripts --no-progress --loglevel=error)
quietly() { "$@" 2>&1 | sed -E 's#https?://[^ ]*#<registry>#g'; }

quietly npm ci --omit=dev "${options[@]}"
npm=(npm)
cli=$(readlink -f "$(command -v npm)")
if [[ $cli == *.js ]] && scripts/node --version >/dev/null 2>&1; then npm=(scripts/node --no-deprecation "$cli"); fi
quietly "${npm[@]}" install --no-save "${options[@]}"
