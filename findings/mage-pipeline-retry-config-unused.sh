#!/usr/bin/env bash
# mage-ai 0.9.79: the `retry_config` of a pipeline has no effect on its blocks. Mage's guide says that it overrides the
# project's, but the executor of a block reads the project's and the block's only.
# A block that always fails is run once with `retry_config` in its pipeline, and three times with the same in its entry.
# Fails if the numbers of attempts are others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet mage-ai==0.9.79 numpy==1.26.4 'pandas<2.3' 'pyarrow<19'

retry='retry_config: {retries: 2, delay: 1, max_delay: 60, exponential_backoff: false}'
pipeline() { # name, a line of the pipeline, a line of its block
    mkdir -p "project/pipelines/$1" project/custom
    printf '%s\n' 'blocks:' "- {uuid: $1_block, name: $1_block, type: custom, language: python, status: not_executed," \
        "  upstream_blocks: [], downstream_blocks: []${3:+, $3}}" "name: $1" 'type: python' "uuid: $1" ${2:+"$2"} \
        >"project/pipelines/$1/metadata.yaml"
    printf '%s\n' '@custom' 'def fail(*args, **kwargs):' "    open('$folder/attempts-$1', 'a').write('attempt\n')" \
        "    raise ValueError('no')" >"project/custom/$1_block.py"
}
attempts() { # the number of times that the pipeline's block ran
    MAGE_DATA_DIR=$folder/data HOME=$folder env/bin/mage run project "$1" --block-uuid "$1_block" >"log-$1" 2>&1 || true
    wc -l <"attempts-$1"
}

mkdir project
printf 'project_type: standalone\n' >project/metadata.yaml
pipeline in_pipeline "$retry" ''
pipeline in_block '' "$retry"
in_pipeline=$(attempts in_pipeline)
echo "retries: 2 in the pipeline: attempts: $in_pipeline"
in_block=$(attempts in_block)
echo "retries: 2 in the block:    attempts: $in_block"

[ "$in_pipeline" = 1 ]
[ "$in_block" = 3 ]
echo "as stated"
