#!/usr/bin/env bash
# mage-ai 0.9.79 on SQLite, its default database: the zone of a trigger's start_time is cut off, not converted.
# A triggers.yaml with `start_time: 2026-01-01T00:00:00+05:30` means 2025-12-31 18:30 UTC. The API shows 2026-01-01
# 00:00:00, and the scheduler, which works in UTC, starts the trigger five and a half hours late. A trigger with a zone
# west of Greenwich starts too early. (YAML itself keeps the zone, and PostgreSQL converts it.)
# Fails if the API shows another start_time for one of the two triggers.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill -- -"$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet mage-ai==0.9.79 numpy==1.26.4 'pandas<2.3' 'pyarrow<19'

mkdir -p project/pipelines/zones
printf 'project_type: standalone\n' >project/metadata.yaml
printf '%s\n' 'blocks: []' 'name: zones' 'type: python' 'uuid: zones' >project/pipelines/zones/metadata.yaml
{
    echo triggers:
    for zone in +05:30 -08:00; do
        printf '%s\n' "- name: zone $zone" '  schedule_type: time' "  schedule_interval: '@daily'" \
            "  start_time: 2026-01-01T00:00:00$zone" '  status: inactive' '  settings: {}' '  variables: {}'
    done
} >project/pipelines/zones/triggers.yaml

export TZ=UTC MAGE_DATA_DIR=$folder/data REQUIRE_USER_AUTHENTICATION=0 HOME=$folder SCHEDULER_TRIGGER_INTERVAL=1.6
# Tables first: the server answers before it has made them.
env/bin/python -c 'from mage_ai.orchestration.db.database_manager import database_manager as m; m.run_migrations()' \
    >migrations.log 2>&1
setsid env/bin/mage start project --host 127.0.0.1 --port 6896 >log 2>&1 &
server=$!
list=
for _ in $(seq 120); do
    list=$(curl --silent --max-time 5 http://127.0.0.1:6896/api/pipeline_schedules || true)
    if grep -q '"name": "zone' <<<"$list"; then break; fi
    sleep 1
done
shown=$(grep -o '"name": "zone [^"]*"\|"start_time": "[^"]*"' <<<"$list" | sort -u)
echo "$shown"
[ "$shown" = '"name": "zone +05:30"
"name": "zone -08:00"
"start_time": "2026-01-01 00:00:00"' ]
echo "as stated"
