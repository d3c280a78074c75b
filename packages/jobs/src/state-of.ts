import { parseInstant } from './instant.ts';
import { isJsonObject, type Json, type JsonObject, withoutUndefined } from './json.ts';
import { lift } from './lift.ts';
import { emptyState, type MergeState, type Register, type Verdict } from './merge-state.ts';
import { parseMessage } from './parse-message.ts';

/** Older than every update: what a document without a merge state says gives way to all that is heard later. */
const BEFORE_ALL = '1970-01-01T00:00:00.000Z';

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isBoolean: Check = (value) => typeof value === 'boolean';
const isTexts: Check = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isInstant: Check = (value) => isText(value) && parseInstant(value) === value;
const register =
  (isValue: Check): Check =>
  (value) =>
    isRegister(value) && isValue(value.value);
const text = register(isText);

const PARTS: Readonly<Record<Exclude<keyof MergeState, 'id'>, Check>> = {
  verdict: isVerdict,
  status: text,
  progress: register(isNumber),
  step: text,
  message: text,
  worker: text,
  'superseded-by': text,
  outputs: (value) => isJsonObject(value) && Object.values(value).every(isRegister),
  inputs: register(isJsonObject),
  secrets: register(isJsonObject),
  labels: register(isTexts),
  'label-changes': (value) => isJsonObject(value) && Object.values(value).every(register(isBoolean)),
  'user-id': text,
  'process-id': text,
  'process-version': text,
  'retry-of': text,
  'inputs-hash': text,
  'submit-time': isInstant,
  'queue-time': isInstant,
  'start-time': isInstant,
  'removed-time': isInstant,
  'update-time': isInstant,
  'heartbeat-time': isInstant,
  attempts: isNumber,
};

/**
 * The merge state of the job `id` as its stored document has it. Users can write to the index, so a part that is no longer
 * what it must be is left out. A document that never had a state (written by a user or an older system) gives what its
 * fields say, so that the next update does not wipe it.
 */
export function stateOf(id: string, document: Readonly<Record<string, unknown>> | undefined): MergeState {
  if (document === undefined) return emptyState(id);
  const stored = document.merge;
  if (!isJsonObject(stored)) return adopted(id, document);
  const parts = Object.entries(PARTS).map(([name, isPart]) => [name, isPart(stored[name]) ? stored[name] : undefined]);
  return withoutUndefined({ ...Object.fromEntries(parts), id }) as MergeState;
}

function adopted(id: string, document: Readonly<Record<string, unknown>>): MergeState {
  const said = Object.entries(document).filter(([name]) => name !== 'kind' && name !== 'time');
  const message = JSON.stringify({ ...Object.fromEntries(said), id, 'event-id': 'adopted' });
  const parsed = parseMessage(message, { messageId: 'adopted', time: BEFORE_ALL });
  return 'update' in parsed ? lift(parsed.update) : emptyState(id);
}

function isRegister(value: unknown): value is Register<Json> {
  return (
    isJsonObject(value) &&
    isNumber(value.rank) &&
    isNumber(value.attempt) &&
    isText(value.time) &&
    isText(value.id) &&
    value.value !== undefined
  );
}

function isVerdict(value: unknown): value is Verdict {
  if (!isJsonObject(value)) return false;
  const verdict: JsonObject = value as JsonObject;
  const known = verdict.status === 'succeeded' || verdict.status === 'failed' || verdict.status === 'dismissed';
  return (
    known &&
    isNumber(verdict.class) &&
    isNumber(verdict.attempt) &&
    isText(verdict.time) &&
    isText(verdict.id) &&
    isInstant(verdict['stop-time'])
  );
}
