import type { JobQuery } from './search.ts';
import type { Transport } from './transport.ts';

/** What is done with many jobs. */
export interface OperationRequest {
  readonly action: 'retry' | 'dismiss' | 'delete' | 'label';
  readonly query: JobQuery;
  /** Of a retry: what the new jobs have in the place of what the old ones had. */
  readonly set?: { readonly inputs?: Readonly<Record<string, unknown>>; readonly 'process-version'?: string };
  readonly 'add-labels'?: readonly string[];
  readonly 'remove-labels'?: readonly string[];
}

/** An operation on many jobs, under way or done. */
export interface Operation {
  readonly id: string;
  readonly action: OperationRequest['action'];
  readonly status: 'running' | 'done';
  /** How many jobs it is about. */
  readonly matched: number;
  /** How many of them it is done with, `failed` ones not counted. */
  readonly done: number;
  readonly failed: number;
  /** The first of those that failed. */
  readonly failures: readonly { readonly jobID: string; readonly detail: string }[];
}

/** How many jobs it would be about. */
export async function countMatched(ades: Transport, request: OperationRequest): Promise<number> {
  const { body } = await post(ades, { ...request, 'dry-run': true }, true);
  return (body as { readonly matched: number }).matched;
}

/** Starts it. Rejects with `conflict` where it is about another number of jobs than `expect`; then nothing is done. */
export async function startOperation(ades: Transport, request: OperationRequest, expect: number): Promise<Operation> {
  const { body } = await post(ades, { ...request, expect }, false);
  return body as Operation;
}

/** How far it is. */
export async function getOperation(ades: Transport, id: string): Promise<Operation> {
  const { body } = await ades.send({ path: `/operations/${encodeURIComponent(id)}` });
  return body as Operation;
}

function post(ades: Transport, body: unknown, repeatable: boolean): Promise<{ readonly body: unknown }> {
  return ades.send({
    method: 'POST',
    path: '/operations',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    repeatable,
  });
}
