#!/usr/bin/env bash
# Installs the npm packages of a folder's package-lock.json: scripts/npm-packages.sh [FOLDER]
# npm silently leaves out optional packages whose `engines` exclude the node that runs npm, such as Vite's native parts
# under Debian 12's node 18. So the pinned node comes first, and runs npm for the rest.
set -euo pipefail
top=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
cd "$top/${1:-.}"

options=(--ignore-scripts --no-progress --loglevel=error)
quietly() { "$@" 2>&1 | sed -E 's#https?://[^ ]*#<registry>#g'; }

quietly npm ci --omit=dev "${options[@]}"
npm=(npm)
cli=$(readlink -f "$(command -v npm)")
if [[ $cli == *.js ]] && "$top/scripts/node" --version >/dev/null 2>&1; then npm=("$top/scripts/node" --no-deprecation "$cli"); fi
quietly "${npm[@]}" install --no-save "${options[@]}"
