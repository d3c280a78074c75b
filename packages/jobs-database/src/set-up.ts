import { backOff, type ElasticsearchClient, type Source } from '@daybook/elasticsearch-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { INDICES, JOBS_INDEX } from './indices.ts';
import type { JobsDatabaseOptions, SetUpOptions } from './jobs-database.ts';
import { MAPPING_VERSION, mappings } from './mappings.ts';

/** Above the templates that a site may have for all indices. */
const TEMPLATE_PRIORITY = 500;

/** See `JobsDatabase.setUp`. */
export async function setUp({ client, log }: JobsDatabaseOptions, options: SetUpOptions = {}): Promise<void> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const deadline = Date.now() + timeoutMs;
  for (let retry = 1; ; retry++) {
    try {
      await prepare(client, options.replicas ?? 0, log, options.signal);
      const waitMs = Math.max(1, deadline - Date.now());
      if (await client.waitForIndices(INDICES, waitMs, options)) return;
      throw new DaybookError('unavailable', `The indices ${INDICES.join(', ')} have no usable primary shard`);
    } catch (cause) {
      if (!isDaybookError(cause, 'unavailable')) throw cause;
      if (Date.now() >= deadline)
        throw new DaybookError('timeout', `The jobs database at ${client.url} was not usable within ${timeoutMs} ms`, {
          cause,
        });
      await backOff(retry, options.signal);
    }
  }
}

async function prepare(
  client: ElasticsearchClient,
  replicas: number,
  log: JobsDatabaseOptions['log'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const call = signal === undefined ? {} : { signal };
  const useFlattened = await flattenedIsUsed(client, replicas, call);
  for (const [index, mapping] of Object.entries(mappings(useFlattened))) {
    if ((await templateVersion(client, index, call)) <= MAPPING_VERSION)
      await client.putIndexTemplate(index, template(index, mapping, replicas), call);
    else log?.(`The template of index ${index} is of a newer Daybook and stays as it is`);
    try {
      const done = await prepareIndex(client, index, mapping, call);
      const without = index === JOBS_INDEX && !useFlattened ? ' without the field type flattened' : '';
      if (done === 'created') log?.(`Created index ${index}${without}`);
      else if (done !== undefined)
        log?.(`Upgraded the mapping of index ${index} from version ${done.from} to ${MAPPING_VERSION}`);
    } catch (error) {
      if (!isBlock(error)) throw error;
      log?.(`The mapping of index ${index} stays as it is: ${error.message}`);
    }
  }
}

/** Makes an index that is missing, or upgrades its mapping; undefined where nothing was to be done. */
async function prepareIndex(
  client: ElasticsearchClient,
  index: string,
  mapping: Source,
  call: { signal?: AbortSignal },
): Promise<'created' | { readonly from: number } | undefined> {
  // Asked first: one that is blocked refuses to be made, and does not say that it is there.
  const existing = await client.getMapping(index, call);
  if (existing === undefined && (await client.createIndex(index, undefined, call))) return 'created';
  const from = mappingVersion(existing ?? (await client.getMapping(index, call)));
  if (from >= MAPPING_VERSION) return undefined;
  // The server merges: fields that users added stay, and a field whose type cannot change is refused by name.
  await client.putMapping(index, mapping, call);
  return { from };
}

/** Whether a block refused it, which users put on an index and take away again: nothing else waits for that. */
function isBlock(error: unknown): error is DaybookError {
  return isDaybookError(error) && error.detail.type === 'cluster_block_exception';
}

/** An index keeps the type it was made with; for a new one the engine is asked by giving it the template. */
async function flattenedIsUsed(
  client: ElasticsearchClient,
  replicas: number,
  call: { signal?: AbortSignal },
): Promise<boolean> {
  const existing = await client.getMapping(JOBS_INDEX, call).catch((error: unknown) => {
    if (isBlock(error)) return undefined;
    throw error;
  });
  const inputs = member(member(existing, 'properties'), 'inputs');
  if (inputs !== undefined) return member(inputs, 'type') === 'flattened';
  try {
    await client.putIndexTemplate(JOBS_INDEX, template(JOBS_INDEX, mappings(true)[JOBS_INDEX]!, replicas), call);
    return true;
  } catch (error) {
    if (isDaybookError(error, 'invalid-argument')) return false;
    throw error;
  }
}

function template(index: string, mapping: Source, replicas: number): Source {
  return {
    index_patterns: [index],
    priority: TEMPLATE_PRIORITY,
    version: MAPPING_VERSION,
    template: { settings: { number_of_shards: 1, number_of_replicas: replicas }, mappings: mapping },
  };
}

async function templateVersion(
  client: ElasticsearchClient,
  index: string,
  call: { signal?: AbortSignal },
): Promise<number> {
  const version = (await client.getIndexTemplate(index, call))?.version;
  return typeof version === 'number' ? version : 0;
}

function mappingVersion(mapping: Source | undefined): number {
  const version = member(member(mapping, '_meta'), 'version');
  return typeof version === 'number' ? version : 0;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Source)[name] : undefined;
}
