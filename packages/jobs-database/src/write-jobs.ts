import { isDeepStrictEqual } from 'node:util';
import {
  type BulkItem,
  type BulkOperation,
  backOff,
  type ElasticsearchClient,
  type StoredDocument,
} from '@daybook/elasticsearch-client';
import { isDaybookError } from '@daybook/errors';
import { type MergeState, stateOf, toDocument } from '@daybook/jobs';
import { JOBS_INDEX } from './indices.ts';

/** A change of one job's state, which may be computed again on a newer state. */
export interface JobChange {
  readonly id: string;
  /** Whether a job that is missing is created from the empty state. */
  readonly create: boolean;
  change(state: MergeState): MergeState;
}

/** What became of a change, or of an operation that was sent along. */
export type WriteResult =
  | { readonly result: 'applied' }
  /** The document shows it already. */
  | { readonly result: 'unchanged' }
  /** There is no such job, and the change does not create one. */
  | { readonly result: 'missing' }
  /** The database will never take it. */
  | { readonly result: 'refused'; readonly reason: string }
  | { readonly result: 'unavailable'; readonly reason: string };

/** What became of the changes by job id, and of the operations sent along in their order. */
export interface WriteResults {
  readonly jobs: ReadonlyMap<string, WriteResult>;
  readonly along: readonly WriteResult[];
}

/** Rounds in which those that lost to another writer are tried again. */
const MAX_ROUNDS = 12;
/** Rounds in which the database was away or too busy for some of it; more is left to the message's next delivery. */
const MAX_FAILED_ROUNDS = 3;
/** A conflict is over as soon as the other has written: waits for it stay below 200 ms. */
const LONGEST_CONFLICT_RETRY = 3;

/**
 * Writes changes to jobs by the protocol of WRITE-PROTOCOL.md: read, change, write on the condition that nobody else wrote
 * since, and again for those that lost. At most one change per job. `along` are `create` operations for other indices that
 * ride in the same requests; that one exists already counts as done.
 */
export async function writeJobs(
  client: ElasticsearchClient,
  changes: readonly JobChange[],
  along: readonly BulkOperation[],
  signal?: AbortSignal,
): Promise<WriteResults> {
  const call = signal === undefined ? {} : { signal };
  const jobs = new Map<string, WriteResult>();
  const sentAlong: WriteResult[] = along.map(() => ({ result: 'unavailable', reason: 'not sent' }));
  let openJobs = changes;
  let openAlong = along.map((operation, position) => ({ operation, position }));
  let failedRounds = 0;
  let busy = false;
  let reason = '';

  async function round(): Promise<void> {
    const { writes, settled } = await prepareWrites(client, openJobs, call);
    for (const [id, result] of settled) jobs.set(id, result);
    const operations = [...writes.map((write) => write.operation), ...openAlong.map(({ operation }) => operation)];
    const items = operations.length === 0 ? [] : await client.bulk(operations, call);
    writes.forEach(({ change }, i) => {
      const result = writeResult(items[i]!);
      if (result !== undefined) jobs.set(change.id, result);
      else noteRetry(items[i]!);
    });
    openAlong = openAlong.filter(({ position }, i) => {
      const item = items[writes.length + i]!;
      const result = item.status === 409 ? ({ result: 'unchanged' } as const) : writeResult(item);
      if (result === undefined) noteRetry(item);
      else sentAlong[position] = result;
      return result === undefined;
    });
    openJobs = openJobs.filter((change) => !jobs.has(change.id));
  }

  function noteRetry(item: BulkItem): void {
    reason = item.error?.reason ?? reason;
    if (item.status !== 409) busy = true;
  }

  for (let n = 1; n <= MAX_ROUNDS && (openJobs.length > 0 || openAlong.length > 0); n++) {
    if (n > 1) await backOff(busy ? n : Math.min(n - 1, LONGEST_CONFLICT_RETRY), signal);
    busy = false;
    try {
      await round();
    } catch (error) {
      if (!isDaybookError(error)) throw error;
      reason = error.message;
      busy = true;
      if (error.code !== 'unavailable') break;
    }
    if (busy && ++failedRounds >= MAX_FAILED_ROUNDS) break;
  }
  for (const change of openJobs) jobs.set(change.id, { result: 'unavailable', reason });
  for (const { position } of openAlong) sentAlong[position] = { result: 'unavailable', reason };
  return { jobs, along: sentAlong };
}

interface PreparedWrites {
  readonly writes: readonly { readonly change: JobChange; readonly operation: BulkOperation }[];
  /** The changes that need no write. */
  readonly settled: ReadonlyMap<string, WriteResult>;
}

async function prepareWrites(
  client: ElasticsearchClient,
  changes: readonly JobChange[],
  call: { signal?: AbortSignal },
): Promise<PreparedWrites> {
  const writes: { change: JobChange; operation: BulkOperation }[] = [];
  const settled = new Map<string, WriteResult>();
  const stored = await readJobs(client, changes, call);
  changes.forEach((change, i) => {
    const existing = stored[i];
    if (existing === undefined && !change.create) {
      settled.set(change.id, { result: 'missing' });
      return;
    }
    const document = toDocument(existing?.source, change.change(stateOf(change.id, existing?.source)));
    if (existing !== undefined && isDeepStrictEqual(document, existing.source)) {
      settled.set(change.id, { result: 'unchanged' });
      return;
    }
    const target = { index: JOBS_INDEX, id: change.id, source: document };
    const operation: BulkOperation =
      existing === undefined
        ? { action: 'create', ...target }
        : { action: 'index', ...target, ifUnchanged: { seqNo: existing.seqNo, primaryTerm: existing.primaryTerm } };
    writes.push({ change, operation });
  });
  return { writes, settled };
}

/** Reads in halves where the documents together are longer than the client takes. */
async function readJobs(
  client: ElasticsearchClient,
  changes: readonly JobChange[],
  call: { signal?: AbortSignal },
): Promise<readonly (StoredDocument | undefined)[]> {
  if (changes.length === 0) return [];
  try {
    return await client.mget(
      JOBS_INDEX,
      changes.map((change) => change.id),
      call,
    );
  } catch (error) {
    if (!isDaybookError(error, 'limit-exceeded') || changes.length === 1) throw error;
    const half = changes.length >> 1;
    return [
      ...(await readJobs(client, changes.slice(0, half), call)),
      ...(await readJobs(client, changes.slice(half), call)),
    ];
  }
}

/** Undefined where it is to be tried again: another writer was first, or the database is busy. */
function writeResult(item: BulkItem): WriteResult | undefined {
  if (item.status < 300) return { result: 'applied' };
  if (item.status !== 400 && item.status !== 413) return undefined;
  return { result: 'refused', reason: `${item.error?.type}: ${item.error?.reason}` };
}
