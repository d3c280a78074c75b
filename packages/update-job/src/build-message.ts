import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { JobUpdate, Json, JsonObject } from '@daybook/jobs';
import type { UpdateJobArguments } from './parse-arguments.ts';

/** The update to publish, and what had to be left out of it. */
export interface BuiltMessage {
  readonly update: JobUpdate;
  readonly text: string;
  readonly warnings: readonly string[];
}

/** A message's limit on the bus, less what the topic's envelope adds. */
const MAX_MESSAGE_BYTES = 200 * 1024;

/** What is left out first when an update is too long: the submission has the inputs, the verdict the outputs. */
const LEFT_OUT_FIRST = ['inputs', 'outputs', 'labels', 'message'] as const;

/**
 * The update that the arguments ask for, with an event id and a time of its own. What cannot be parsed, or does not fit into
 * a message, is left out with a warning: the rest still counts.
 */
export function buildMessage(
  said: UpdateJobArguments,
  now: Date = new Date(),
  eventId: string = randomUUID(),
): BuiltMessage {
  const warnings: string[] = [];
  const read = (name: string, text: string | undefined, isRight: (value: Json) => boolean): Json | undefined => {
    if (text === undefined) return undefined;
    const value = parseJson(text) ?? (name === '--job_outputs' ? readJsonFile(text) : undefined);
    if (value !== undefined && isRight(value)) return isEmpty(value) ? undefined : value;
    warnings.push(`${name} is left out: ${JSON.stringify(text.slice(0, 80))} is not the JSON that was expected`);
    return undefined;
  };
  const members = {
    id: said.jobId,
    'event-id': eventId,
    time: now.toISOString(),
    kind: 'update' as const,
    status: said.status,
    progress: said.progress === undefined ? undefined : read('--progress', said.progress, (v) => typeof v === 'number'),
    step: said.step,
    message: said.message,
    inputs: read('--job_inputs', said.inputs, isObject),
    outputs: read('--job_outputs', said.outputs, isObject),
    labels: read('--tags', said.labels, (v) => Array.isArray(v) && v.every((item) => typeof item === 'string')),
  };
  return fitted(members as JobUpdate, warnings);
}

function fitted(whole: JobUpdate, warnings: string[]): BuiltMessage {
  let update = whole;
  let text = JSON.stringify(update);
  for (const name of LEFT_OUT_FIRST) {
    if (Buffer.byteLength(text) <= MAX_MESSAGE_BYTES) break;
    if (update[name] === undefined) continue;
    const { [name]: _tooLong, ...rest } = update;
    warnings.push(`"${name}" is left out: the message would be longer than ${MAX_MESSAGE_BYTES} bytes`);
    update = rest;
    text = JSON.stringify(update);
  }
  return { update: JSON.parse(text) as JobUpdate, text, warnings };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The oldest form of the step gives its outputs as a file; one that no message could carry is not read. */
function readJsonFile(path: string): Json | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > MAX_MESSAGE_BYTES) return undefined;
    return parseJson(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isObject(value: Json): value is JsonObject {
  return value === null || (typeof value === 'object' && !Array.isArray(value));
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
