import type { Execution } from './jobs.ts';
import type { Transport } from './transport.ts';

/** How the jobs of a batch are submitted. */
export interface BatchOptions {
  /** Of every job, beside its own. */
  readonly labels: readonly string[];
  /** Only check them. */
  readonly dryRun: boolean;
  /** Submit none whose inputs a job that succeeded had; it stands for it. */
  readonly dedupe: boolean;
  /** The same again makes no second jobs. */
  readonly key: string;
}

/** What became of one job of a batch. */
export interface BatchItem {
  /** Of the batch, from 1. */
  readonly line: number;
  /** Undefined where there is none: after an error, or in a dry run. */
  readonly jobID?: string;
  readonly deduplicated?: boolean;
  readonly error?: { readonly status: number; readonly detail: string };
}

/** What became of a batch; the items in its order. */
export interface BatchAnswer {
  readonly submitted: number;
  readonly deduplicated: number;
  readonly failed: number;
  readonly items: readonly BatchItem[];
}

/** A batch of 10,000 jobs is as many documents and messages. */
const TIMEOUT_MS = 300_000;

/** Submits up to 10,000 jobs of one process by one request. One that cannot be submitted keeps none of the others back. */
export async function executeBatch(
  ades: Transport,
  processId: string,
  executions: readonly Execution[],
  { labels, dryRun, dedupe, key }: BatchOptions,
): Promise<BatchAnswer> {
  const query = new URLSearchParams(labels.map((label): [string, string] => ['label', label]));
  if (dryRun) query.set('dry-run', 'true');
  if (dedupe) query.set('dedupe', 'true');
  const { body } = await ades.send({
    method: 'POST',
    path: `/processes/${encodeURIComponent(processId)}/execution/batch?${query}`,
    headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': key },
    body: executions.map((execution) => `${JSON.stringify({ ...execution, response: 'document' })}\n`).join(''),
    repeatable: true,
    timeoutMs: TIMEOUT_MS,
  });
  return body as BatchAnswer;
}
