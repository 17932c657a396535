import { CommandError } from '../base/errors.js';
import { jsonText } from '../base/json-text.js';
import { codePath } from '../project/files.js';
import { writeYaml } from '../project/yaml.js';
import { markedDate } from '../project/yaml-date.js';
import { type Client, type Item, itemsOf, Refusal } from './client.js';
import { namesOnly } from './rows.js';

/** What comes along only when asked for. */
export interface Taken {
    /** Values of variables, and of settings that can hold secrets as well. */
    values: boolean;
    /** The code of blocks. */
    code: boolean;
}

export interface Pipelines {
    /** Texts by their path in the project. */
    files: Record<string, string>;
    /** By pipeline, the uuids of its blocks; sensors apart, whose time is spent waiting. */
    blocks: Map<unknown, Set<string>>;
}

const pipelineKeys = [
    ...['uuid', 'name', 'type', 'description', 'tags', 'created_at', 'variables', 'concurrency_config'],
    ...['retry_config', 'executor_type', 'executor_count', 'executor_config', 'spark_config', 'notification_config'],
    ...['cache_block_output_in_memory', 'run_pipeline_in_one_process', 'remote_variables_dir', 'settings'],
];
const secretKeys = ['executor_config', 'spark_config', 'notification_config'];
const blockKeys = [
    ...['uuid', 'name', 'type', 'language', 'color', 'upstream_blocks', 'downstream_blocks', 'configuration'],
    ...['replicated_block', 'executor_type', 'executor_config', 'retry_config', 'timeout', 'has_callback'],
];
/** What the API shows where the file has nothing, as JSON. */
const nothing = ['null', 'false', '{}', '[]'];
const nothingOf: Readonly<Record<string, string>> = {
    executor_count: '1',
    executor_type: '"local_python"', // of a block; a pipeline has null
    settings: '{"triggers": null}',
};

/** Those fields that the file must have. */
function fieldsOf(item: Item, keys: readonly string[]): Item {
    const fields = keys.filter((key) => {
        const json = jsonText(item[key] ?? null);
        return !nothing.includes(json) && json !== nothingOf[key];
    });
    return Object.fromEntries(fields.map((key) => [key, item[key]]));
}

function metadataOf(pipeline: Item, { values }: Taken): Item {
    const taken = (keys: readonly string[]) => (values ? keys : keys.filter((key) => !secretKeys.includes(key)));
    const blocks = ['blocks', 'callbacks', 'conditionals', 'widgets'].map((list) => [
        list,
        itemsOf(pipeline[list]).map((block) => ({
            ...fieldsOf(block, taken(blockKeys)),
            upstream_blocks: block.upstream_blocks,
        })),
    ]);
    const shown = values ? pipeline : { ...pipeline, variables: namesOnly(pipeline.variables) };
    return { ...fieldsOf(shown, taken(pipelineKeys)), ...Object.fromEntries(blocks) };
}

const isSafe = (path: string): boolean =>
    !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

async function readPipeline(client: Client, uuid: string, taken: Taken, { files, blocks }: Pipelines): Promise<void> {
    const path = `/api/pipelines/${encodeURIComponent(uuid)}`;
    const code = taken.code ? '' : '&includes_content=false';
    const { pipeline } = (await client.get(`${path}?includes_outputs=false${code}`)) as { pipeline: Item };
    const { pipeline_triggers } = await client.get(`${path}/pipeline_triggers`);
    files[`pipelines/${uuid}/metadata.yaml`] = writeYaml(metadataOf(pipeline, taken));
    const triggers = itemsOf(pipeline_triggers).map((trigger) => ({
        ...trigger,
        start_time: markedDate(trigger.start_time),
        last_enabled_at: markedDate(trigger.last_enabled_at),
        ...(taken.values ? {} : { variables: namesOnly(trigger.variables) }),
    }));
    if (triggers.length > 0) files[`pipelines/${uuid}/triggers.yaml`] = writeYaml({ triggers });
    const working = itemsOf(pipeline.blocks).filter(({ type }) => type !== 'sensor');
    blocks.set(uuid, new Set(working.map((block) => String(block.uuid))));
    for (const block of ['blocks', 'callbacks', 'conditionals'].flatMap((list) => itemsOf(pipeline[list]))) {
        const file = codePath(block);
        if (taken.code && typeof block.content === 'string' && file !== undefined && isSafe(file))
            files[file] = block.content;
    }
}

/** The files of all pipelines. One that the server cannot show is left out, with a note. */
export async function readPipelines(
    client: Client,
    taken: Taken,
    progress: (read: number, all: number) => void,
    note: (text: string) => void,
): Promise<Pipelines> {
    const uuids = itemsOf((await client.get('/api/pipelines')).pipelines).map(({ uuid }) => String(uuid));
    const pipelines: Pipelines = { files: {}, blocks: new Map() };
    for (const [index, uuid] of uuids.entries()) {
        if (uuid.includes('/') || !isSafe(uuid))
            throw new CommandError(`pipeline ${uuid} has a name that is no folder's`);
        try {
            await readPipeline(client, uuid, taken, pipelines);
        } catch (thrown) {
            if (!(thrown instanceof Refusal)) throw thrown;
            note(`pipeline ${uuid} is left out: ${thrown.message}`);
        }
        progress(index + 1, uuids.length);
    }
    return pipelines;
}
