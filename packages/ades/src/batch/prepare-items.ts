import { newJobId } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import { checkSubscriber } from '../callbacks/subscriber.ts';
import { compileValidator } from '../http/compile-validator.ts';
import { type ExecuteBody, executeBody } from '../jobs/execute-body.ts';
import type { ExecuteCommand } from '../jobs/execute-command.ts';
import { jobIdOfKey } from '../jobs/idempotency-key.ts';
import { inputsFromOgc } from '../jobs/ogc-inputs.ts';
import { createJobPreparer, type PreparedJob } from '../jobs/prepare-job.ts';
import { parseResultsRequest } from '../jobs/results-request.ts';
import { describeRecord } from '../processes/describe-record.ts';
import type { Process } from '../processes/process.ts';
import { resolveReferences } from '../references/resolve-references.ts';
import { type BatchItem, failedItem } from './batch-item.ts';
import { createBatchReferences } from './batch-references.ts';
import type { BatchEntry } from './parse-batch.ts';

/** An item that can be submitted. */
export interface ReadyItem extends PreparedJob {
  readonly line: number;
  readonly jobId: string;
  readonly command: ExecuteCommand;
}

/** What is common to the items of a batch. */
export interface ItemOptions {
  readonly userId: string;
  /** Added to those of every item. */
  readonly labels: readonly string[];
  readonly idempotencyKey: string | undefined;
}

type ItemPreparer = (entry: BatchEntry) => Promise<ReadyItem | BatchItem>;

const validate = compileValidator({ schema: executeBody, method: 'POST', url: '', httpPart: 'item' });

/** Checks the items of a batch one by one, by a process that is read once; an item that is refused becomes its answer. */
export function createItemPreparer(context: AdesContext, process: Process, options: ItemOptions): ItemPreparer {
  const described = describeRecord(process);
  const outputs = { id: process.id, outputIds: Object.keys(described.outputs) };
  const prepare = createJobPreparer(context, process);
  const fetchText = createBatchReferences(context, context.limits.maxBatchBytes);

  async function ready({ line, value }: BatchEntry): Promise<ReadyItem> {
    const { inputs = {}, labels = [], subscriber, ...results } = checkedBody(value);
    if (subscriber !== undefined) checkSubscriber(subscriber, context.fetchPolicy);
    const key = options.idempotencyKey === undefined ? undefined : `${options.idempotencyKey}/${line}`;
    const command = {
      inputs: await resolveReferences(inputsFromOgc(inputs), described.inputs, fetchText),
      labels: options.labels.length === 0 ? labels : [...new Set([...labels, ...options.labels])],
      results: parseResultsRequest(results, outputs),
      subscriber,
      idempotencyKey: key,
    };
    const id = key === undefined ? newJobId() : jobIdOfKey(key, options.userId, process.id);
    return { line, jobId: id, command, ...prepare(command, { id, userId: options.userId }) };
  }

  return async (entry) => {
    try {
      return await ready(entry);
    } catch (error) {
      return failedItem(entry.line, error);
    }
  };
}

function checkedBody(value: unknown): ExecuteBody {
  const checked = validate(value) as { readonly value: ExecuteBody } | { readonly error: Error };
  if ('error' in checked) throw checked.error;
  return checked.value;
}
