#!/usr/bin/env bash
# mage-ai 0.9.79: a server that has just been started answers HTTP before its database has tables. The list of triggers
# is then HTTP 200 with an error about a missing table in the body, so "the port answers" does not mean "the server is
# ready". Seen on a new data folder, which is what every test run has.
# Fails if the first answer is no longer such an error, or if the list never becomes right.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill -- -"$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet mage-ai==0.9.79 numpy==1.26.4 'pandas<2.3' 'pyarrow<19'
mkdir -p project/pipelines
printf 'project_type: standalone\n' >project/metadata.yaml

export TZ=UTC MAGE_DATA_DIR=$folder/data REQUIRE_USER_AUTHENTICATION=0 HOME=$folder
setsid env/bin/mage start project --host 127.0.0.1 --port 6899 >log 2>&1 &
server=$!
list=http://127.0.0.1:6899/api/pipeline_schedules
first=
for _ in $(seq 600); do
    if first=$(curl --silent --max-time 5 --write-out '\n%{http_code}' "$list"); then break; fi
    sleep 0.1
done
echo "first answer: HTTP $(tail -n 1 <<<"$first"), $(grep -o '"exception": "[^"\\]*' <<<"$first" | head -n 1)"
last=
for _ in $(seq 300); do
    last=$(curl --silent --max-time 5 "$list" || true)
    if grep -q '"pipeline_schedules"' <<<"$last"; then break; fi
    sleep 1
done
echo "at last: $(head -c 120 <<<"$last")"
[ "$(tail -n 1 <<<"$first")" = 200 ]
grep -q '"error": {"code": 500' <<<"$first"
grep -q '"pipeline_schedules": \[\]' <<<"$last"
echo "as stated"
