#!/usr/bin/env bash
# mage-ai 0.9.79: a date without quotes among the variables of one trigger in code stops the triggers of every pipeline.
# YAML reads `2026-01-01` as a date, which JSON cannot hold: the sync of all triggers.yaml files fails in one piece, in
# every tick of the scheduler. No trigger of any pipeline appears, and nothing in the API says so. With quotes around the
# date both triggers appear.
# Fails if the healthy pipeline's trigger appears beside the date, or if it does not appear once the date has quotes.
set -euo pipefail
folder=$(mktemp -d)
server=
stop() {
    if [ -n "$server" ]; then kill -- -"$server" 2>/dev/null || true; fi
    server=
}
trap 'stop; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet mage-ai==0.9.79 numpy==1.26.4 'pandas<2.3' 'pyarrow<19'

pipeline() { # name, the value of the trigger's variable `day`
    mkdir -p "project/pipelines/$1"
    printf 'blocks: []\nname: %s\ntype: python\nuuid: %s\n' "$1" "$1" >"project/pipelines/$1/metadata.yaml"
    printf '%s\n' triggers: "- name: $1_trigger" '  schedule_type: api' '  schedule_interval: null' \
        '  start_time: 2026-01-01 00:00:00' '  status: active' '  settings: {}' "  variables: {day: $2}" \
        >"project/pipelines/$1/triggers.yaml"
}

# The names of all triggers, some ticks after the start.
triggers_of() { # port
    export TZ=UTC MAGE_DATA_DIR=$folder/data-$1 REQUIRE_USER_AUTHENTICATION=0 HOME=$folder SCHEDULER_TRIGGER_INTERVAL=1.6
    # Tables first: the server answers before it has made them.
    env/bin/python -c 'from mage_ai.orchestration.db.database_manager import database_manager as m; m.run_migrations()' \
        >"migrations-$1.log" 2>&1
    setsid env/bin/mage start project --host 127.0.0.1 --port "$1" >"log-$1" 2>&1 &
    server=$!
    local list=
    for _ in $(seq 120); do
        list=$(curl --silent --max-time 5 "http://127.0.0.1:$1/api/pipeline_schedules" || true)
        if grep -q '"pipeline_schedules"' <<<"$list"; then break; fi
        sleep 1
    done
    sleep 15
    list=$(curl --silent --max-time 5 "http://127.0.0.1:$1/api/pipeline_schedules")
    stop
    grep -o '"name": "[a-z_]*_trigger"' <<<"$list" | sort | tr '\n' ' ' || true
}

mkdir project
printf 'project_type: standalone\n' >project/metadata.yaml
pipeline healthy '"monday"'
pipeline dated 2026-01-01
with_date=$(triggers_of 6897)
echo "with a date:           ${with_date:-no trigger}"
pipeline dated '"2026-01-01"'
quoted=$(triggers_of 6898)
echo "with the date quoted:  ${quoted:-no trigger}"

[ -z "$with_date" ]
[ "$quoted" = '"name": "dated_trigger" "name": "healthy_trigger" ' ]
echo "as stated"
