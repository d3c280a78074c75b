import { setTimeout as delay } from 'node:timers/promises';
import { type BatchAnswer, type BatchItem, type BatchOptions, executeBatch } from '../ades/batch.ts';
import { retryDelayMs } from '../ades/retry-delay.ts';
import type { Transport } from '../ades/transport.ts';
import { type Batch, gatherBatches } from '../inputs/batches.ts';
import type { DeclaredInputs, InputValues } from '../inputs/input-values.ts';
import { readItems } from '../inputs/read-items.ts';
import type { TableSource } from './table-source.ts';

/** A table of jobs to submit. */
export interface TableSubmission extends BatchOptions {
  readonly processId: string;
  readonly declared: DeclaredInputs;
  readonly source: TableSource;
  /** Inputs of every job, where its line does not say another. */
  readonly common: InputValues;
  readonly signal: AbortSignal;
}

/** What became of a line of the table. */
export interface LineResult extends Omit<BatchItem, 'error'> {
  /** Why there is no job. */
  readonly error?: string;
}

/** Small enough that a person sees it going on, large enough that the requests do not count. */
const BATCH_LIMITS = { maxItems: 2_000, maxChars: 8 * 1024 * 1024 };
/** How often a batch is sent again for items that the ADES had no room for. */
const MAX_TRIES = 6;

/** Submits the jobs of a table in batches, one after the other, and gives what became of each line as soon as its batch was answered. */
export async function* submitTable(
  ades: Transport,
  table: TableSubmission,
): AsyncGenerator<readonly LineResult[], void, undefined> {
  const refused: LineResult[] = [];
  const items = readItems(table.source.pieces, table.declared, table.common);
  let number = 0;
  for await (const batch of gatherBatches(items, BATCH_LIMITS, (line, error) => refused.push({ line, error }))) {
    number += 1;
    const answer = await submitBatch(ades, batch, { ...table, key: `${table.key}/${number}` });
    const results = answer.items.map((item, at) => lineResult(item, batch.lines[at] as number));
    yield [...refused.splice(0), ...results].sort((a, b) => a.line - b.line);
  }
  yield refused;
}

/** Items for which there was no room get another try: with the same key the others stay the jobs that they are. */
async function submitBatch(ades: Transport, { executions }: Batch, table: TableSubmission): Promise<BatchAnswer> {
  for (let retry = 1; ; retry++) {
    const answer = await executeBatch(ades, table.processId, executions, table);
    const mayPass = answer.items.some(({ error }) => error !== undefined && [429, 503].includes(error.status));
    if (!mayPass || retry === MAX_TRIES) return answer;
    await delay(retryDelayMs(retry, null), undefined, { signal: table.signal });
  }
}

function lineResult({ error, ...item }: BatchItem, line: number): LineResult {
  return { ...item, line, ...(error !== undefined && { error: error.detail }) };
}
