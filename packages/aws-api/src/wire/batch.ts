import { isDaybookError } from '@daybook/errors';
import type { Outcome } from '@daybook/message-bus';
import type { Output } from '../action.ts';
import { describeFailure, failure } from './failure.ts';
import type { Input } from './input.ts';

const MAX_ENTRIES = 10;
const ID = /^[\w-]{1,80}$/;

/** How the entries of a batch are read, run together, and answered. */
export interface BatchSteps<Entry, Value> {
  readonly service: 'sqs' | 'sns';
  readonly read: (entry: Input) => Entry;
  /** Throws when the entries together are too much. */
  readonly check?: (entries: readonly Entry[]) => void;
  readonly run: (entries: readonly Entry[]) => Promise<readonly Outcome<Value>[]>;
  readonly answer: (value: Value, entry: Entry) => Output;
}

/** Runs a batch of one to ten entries; what is wrong with one of them leaves the others alone. */
export async function runBatch<Entry, Value>(
  inputs: readonly Input[],
  { service, read, check, run, answer }: BatchSteps<Entry, Value>,
): Promise<Output> {
  const ids = checkIds(inputs);
  const failed: Output[] = [];
  const good: { readonly id: string; readonly entry: Entry }[] = [];
  const fail = (id: string, error: unknown): void => {
    if (!isDaybookError(error)) throw error;
    const { sqsCode, snsCode, message, senderFault } = describeFailure(error);
    failed.push({ Id: id, Code: service === 'sqs' ? sqsCode : snsCode, Message: message, SenderFault: senderFault });
  };
  for (const [at, id] of ids.entries()) {
    try {
      good.push({ id, entry: read(inputs[at]!) });
    } catch (error) {
      fail(id, error);
    }
  }
  check?.(good.map(({ entry }) => entry));
  const outcomes = good.length === 0 ? [] : await run(good.map(({ entry }) => entry));
  const successful: Output[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const { id, entry } = good[at]!;
    if (outcome.ok) successful.push({ Id: id, ...answer(outcome.value, entry) });
    else fail(id, outcome.error);
  }
  return { Successful: successful, Failed: failed };
}

/** The value of a batch of one, or its error. */
export function singleOutcome<Value>(outcomes: readonly Outcome<Value>[]): Value {
  const outcome = outcomes[0]!;
  if (outcome.ok) return outcome.value;
  throw outcome.error;
}

function checkIds(inputs: readonly Input[]): readonly string[] {
  if (inputs.length === 0) throw failure('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (inputs.length > MAX_ENTRIES) {
    throw failure(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${inputs.length}.`,
    );
  }
  const ids = inputs.map((input) => input.requireText('Id'));
  const wrong = ids.find((id) => !ID.test(id));
  if (wrong !== undefined) {
    throw failure(
      'InvalidBatchEntryId',
      `The entry id ${JSON.stringify(wrong.slice(0, 200))} can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.`,
    );
  }
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw failure('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return ids;
}
