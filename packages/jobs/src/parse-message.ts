import { isDaybookError } from '@daybook/errors';
import { earlier, parseInstant } from './instant.ts';
import { isJobId, JOB_ID_RULE } from './job-id.ts';
import type { JobUpdate, UpdateKind } from './job-update.ts';
import { isEmptyValue, isJsonObject, isTooDeep, type JsonObject, MAX_JSON_DEPTH, withoutUndefined } from './json.ts';
import * as read from './read-field.ts';

/** What the bus says of a message: it stands in where the publisher said nothing. */
export interface MessageOrigin {
  /** The topic's message id, else the queue's. */
  readonly messageId: string;
  /** The topic's timestamp, else the queue's. */
  readonly time?: string;
}

/** An update, or why the message can never become one. */
export type ParsedUpdate = { readonly update: JobUpdate } | { readonly poison: string };

/** Longest event id, in characters: what the bus takes as a deduplication id. */
const MAX_EVENT_ID_LENGTH = 128;

const KINDS: ReadonlySet<string> = new Set<UpdateKind>([
  'submission',
  'update',
  'verdict',
  'dismissal',
  'presumed-failure',
]);

/** The members besides id, event id, time, kind and status, and how each is read. */
const READERS: { readonly [K in keyof JobUpdate]?: read.FieldReader<NonNullable<JobUpdate[K]>> } = {
  attempt: read.attempt,
  progress: read.percentage,
  step: read.text,
  message: read.text,
  inputs: read.object,
  outputs: read.object,
  'user-id': read.text,
  'process-id': read.text,
  'process-version': read.text,
  'retry-of': read.text,
  'superseded-by': read.text,
  'inputs-hash': read.text,
  worker: read.text,
  'submit-time': read.instant,
  'queue-time': read.instant,
  'start-time': read.instant,
  'stop-time': read.instant,
  'heartbeat-time': read.instant,
  'removed-time': read.instant,
  error: read.text,
  'error-class': read.text,
  'failed-step': read.text,
  'exit-code': read.integer,
  results: read.object,
  resources: read.json,
  'cpu-seconds': read.number,
  'peak-memory': read.integer,
  'results-url': read.text,
  'results-digest': read.text,
};

/** Reads the text of a job update as UPDATE-EVENT.md has it, in all forms that publishers have used. */
export function parseMessage(message: string, origin: MessageOrigin): ParsedUpdate {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return { poison: 'The message is not JSON' };
  }
  if (!isJsonObject(value)) return { poison: 'The message is not a JSON object' };
  if (isTooDeep(value)) return { poison: `The message nests deeper than ${MAX_JSON_DEPTH} levels` };
  try {
    return parseObject(value as JsonObject, origin);
  } catch (error) {
    if (isDaybookError(error, 'invalid-argument')) return { poison: error.message };
    throw error;
  }
}

function parseObject(message: JsonObject, origin: MessageOrigin): ParsedUpdate {
  const id = message.id;
  if (!isJobId(id)) return { poison: `"id" must be ${JOB_ID_RULE}, not ${JSON.stringify(id)?.slice(0, 200)}` };
  const kind = isEmptyValue(message.kind) ? 'update' : message.kind;
  if (typeof kind !== 'string' || !KINDS.has(kind))
    return { poison: `"kind" must be one of ${[...KINDS].join(', ')}, not ${JSON.stringify(kind).slice(0, 80)}` };
  const time = earlier(parseInstant(message.time), parseInstant(origin.time));
  if (time === undefined) return { poison: 'Neither the message nor the bus says when it was published' };
  const fields = Object.entries(READERS).map(([name, reader]) => [name, reader(message, name)]);
  const update = {
    id,
    'event-id': eventId(message, origin),
    time,
    kind: kind as UpdateKind,
    status: read.text(message, 'status'),
    labels: read.texts(message, 'labels') ?? read.texts(message, 'tags'),
    ...Object.fromEntries(fields),
  };
  return checkedEnd(withoutUndefined(update) as JobUpdate);
}

function eventId(message: JsonObject, origin: MessageOrigin): string {
  const own = message['event-id'];
  const usable = typeof own === 'string' && own !== '' && own.length <= MAX_EVENT_ID_LENGTH;
  return usable ? own : origin.messageId;
}

/** The rules of the kinds that end a job. */
function checkedEnd(update: JobUpdate): ParsedUpdate {
  const { kind, status } = update;
  const wrong = (expected: string): ParsedUpdate => ({
    poison: `"status" of a ${kind} must be ${expected}, not ${JSON.stringify(status)}`,
  });
  if (kind === 'verdict') {
    if (update.attempt === undefined) return { poison: '"attempt" is missing from a verdict' };
    return status === 'succeeded' || status === 'failed' ? { update } : wrong('succeeded or failed');
  }
  const only = kind === 'dismissal' ? 'dismissed' : kind === 'presumed-failure' ? 'failed' : undefined;
  if (only === undefined) return { update };
  return status === undefined || status === only ? { update: { ...update, status: only } } : wrong(only);
}
