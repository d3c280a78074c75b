import { DaybookError } from '@daybook/errors';
import { type JsonObject, newJobId, seal } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import { explainingQuery } from '../search/explain-query.ts';
import type { Operation, OperationAction } from './operation.ts';
import { operationQuery } from './operation-query.ts';

/** Ids of one page. */
export const PAGE_IDS = 5_000;
/** Jobs of one operation. */
const MAX_MATCHED = 1_000_000;
/** Longest query, in characters of JSON: it is written again with every step. */
const MAX_QUERY_LENGTH = 1024 * 1024;
/** For writing the ids; what is not there by then is given up. */
const PREPARE_MS = 600_000;

/** What is asked for. */
export interface OperationCommand {
  readonly action: OperationAction;
  readonly query: string | JsonObject;
  readonly setInputs?: JsonObject | undefined;
  readonly setProcessVersion?: string | undefined;
  readonly addLabels?: readonly string[] | undefined;
  readonly removeLabels?: readonly string[] | undefined;
  /** How many jobs must match. */
  readonly expect?: number | undefined;
  readonly userId: string;
  readonly baseUrl: string;
}

/** How many jobs an operation would be about. Throws `conflict` where that is not what is expected. */
export async function countMatched(
  { database }: AdesContext,
  { action, query, expect }: OperationCommand,
  created: string = new Date().toISOString(),
): Promise<number> {
  const length = JSON.stringify(query).length;
  if (length > MAX_QUERY_LENGTH) {
    throw new DaybookError('invalid-argument', `query must be at most ${MAX_QUERY_LENGTH} characters, not ${length}`);
  }
  await database.refreshJobs();
  const matched = await explainingQuery('query', query, () =>
    database.countJobs(operationQuery(action, query, created)),
  );
  checkExpected(matched, expect);
  if (matched > MAX_MATCHED) {
    throw new DaybookError(
      'invalid-argument',
      `The query matches ${matched} jobs, an operation may have ${MAX_MATCHED}: narrow it, for example by submit-time`,
    );
  }
  return matched;
}

/**
 * Makes an operation: the ids of its jobs are written down before it begins, so that it ends with exactly these, whoever goes on with it. Throws `conflict` where
 * they are not as many as expected; nothing is done then.
 */
export async function createOperation(context: AdesContext, command: OperationCommand): Promise<Operation> {
  const { operations } = context.database;
  const created = new Date().toISOString();
  await countMatched(context, command, created);
  const operation = buildOperation(context, command, created);
  await operations.create(operation);
  try {
    const matched = await pinJobs(context, operation);
    checkExpected(matched, command.expect);
    const running = await operations.change<Operation>(operation.id, (stored) => {
      const { 'lease-until': _, ...rest } = stored;
      return { ...rest, matched, status: 'running' };
    });
    if (running === undefined) throw new DaybookError('conflict', `Operation ${operation.id} was deleted`);
    return running;
  } catch (error) {
    await abandon(context, operation.id).catch(() => undefined);
    throw error;
  }
}

/** Removes an operation that was never begun. */
export async function abandon({ database }: AdesContext, id: string): Promise<void> {
  await database.operations.deleteIds(id);
  await database.operations.delete(id);
}

function buildOperation({ secretKeys }: AdesContext, command: OperationCommand, created: string): Operation {
  const id = newJobId();
  const { action, query, userId, baseUrl, setInputs, setProcessVersion, addLabels, removeLabels } = command;
  return {
    id,
    action,
    query,
    status: 'preparing',
    created,
    'user-id': userId,
    'base-url': baseUrl,
    ...(setInputs !== undefined && { 'set-inputs': seal(secretKeys, placeOfInputs(id), JSON.stringify(setInputs)) }),
    ...(setProcessVersion !== undefined && { 'set-process-version': setProcessVersion }),
    ...(addLabels !== undefined && { 'add-labels': addLabels }),
    ...(removeLabels !== undefined && { 'remove-labels': removeLabels }),
    matched: 0,
    done: 0,
    failed: 0,
    failures: [],
    'lease-until': new Date(Date.now() + PREPARE_MS).toISOString(),
  };
}

/** The place for which the inputs of `set` are sealed. */
export function placeOfInputs(operationId: string): { readonly jobId: string; readonly inputId: string } {
  return { jobId: operationId, inputId: 'set' };
}

async function pinJobs({ database }: AdesContext, { id, action, query, created }: Operation): Promise<number> {
  const selected = operationQuery(action, query, created);
  let after: string | undefined;
  let pinned = 0;
  for (let page = 0; pinned < MAX_MATCHED; page += 1) {
    const { ids, next } = await database.selectJobs(selected, {
      limit: PAGE_IDS,
      ...(after !== undefined && { after }),
    });
    if (ids.length > 0) await database.operations.putIds(id, page, ids);
    pinned += ids.length;
    if (next === undefined) break;
    after = next;
  }
  return pinned;
}

function checkExpected(matched: number, expected: number | undefined): void {
  if (expected === undefined || matched === expected) return;
  throw new DaybookError(
    'conflict',
    `The query matches ${matched} jobs, not the ${expected} expected: nothing was done`,
  );
}
