import { errorClass } from './error-class.ts';
import { secondsBetween } from './instant.ts';
import { type JobDocument, OWNED_FIELDS } from './job-document.ts';
import { finalState, type JobState } from './job-status.ts';
import { type JsonObject, withoutUndefined } from './json.ts';
import type { MergeState, Verdict } from './merge-state.ts';
import { searchableValues } from './searchable-values.ts';

/**
 * The document that shows `state`: the system's fields are those of the view alone, so one that the view lacks is gone;
 * every field of `existing` that the system does not own stays as it is.
 */
export function toDocument(existing: Readonly<Record<string, unknown>> | undefined, state: MergeState): JobDocument {
  const users = Object.entries(existing ?? {}).filter(([name]) => !OWNED_FIELDS.has(name));
  return { ...view(state), ...Object.fromEntries(users) };
}

function view(state: MergeState): JobDocument {
  const { verdict } = state;
  const inputs = state.inputs?.value ?? {};
  const outputs = outputsOf(state);
  const start = state['start-time'];
  const stop = verdict?.['stop-time'];
  const submitted = state['submit-time'];
  return withoutUndefined({
    id: state.id,
    status: verdict?.status ?? state.status?.value ?? 'submitted',
    state: verdict === undefined ? openState(state) : finalState(verdict.status),
    final: verdict !== undefined,
    inputs,
    outputs,
    labels: labelsOf(state),
    'user-id': state['user-id']?.value ?? 'anonymous',
    'process-id': state['process-id']?.value,
    'process-version': state['process-version']?.value,
    'submit-time': submitted,
    'queue-time': state['queue-time'],
    'start-time': start,
    'stop-time': stop,
    'update-time': state['update-time'],
    'heartbeat-time': state['heartbeat-time'],
    'removed-time': state['removed-time'],
    progress: verdict === undefined ? state.progress?.value : verdict.status === 'succeeded' ? 100 : undefined,
    step: state.step?.value,
    message: verdict === undefined ? state.message?.value : verdict.message,
    ...failure(verdict),
    attempts: state.attempts,
    worker: state.worker?.value,
    'wait-time': submitted !== undefined && start !== undefined ? secondsBetween(submitted, start) : undefined,
    duration: start !== undefined && stop !== undefined ? secondsBetween(start, stop) : undefined,
    'cpu-seconds': verdict?.['cpu-seconds'],
    'peak-memory': verdict?.['peak-memory'],
    results: state['removed-time'] === undefined ? verdict?.results : undefined,
    resources: verdict?.resources,
    'retry-of': state['retry-of']?.value,
    'superseded-by': state['superseded-by']?.value,
    'inputs-hash': state['inputs-hash']?.value,
    'input-values': valuesOf(inputs),
    'output-values': valuesOf(outputs),
    merge: state,
  });
}

/** The state of a job without a verdict: it runs once anything but its submission is known. */
function openState(state: MergeState): JobState {
  const said = state.status !== undefined && state.status.rank > 0;
  return said || state.attempts !== undefined || state['start-time'] !== undefined ? 'running' : 'accepted';
}

/** Those of the submission that were not removed, then those that were added, by name. */
function labelsOf({ labels, 'label-changes': changes }: MergeState): readonly string[] {
  const given = labels?.value ?? [];
  if (changes === undefined) return given;
  const changed = new Map(Object.entries(changes).map(([label, { value }]) => [label, value]));
  const kept = given.filter((label) => changed.get(label) !== false);
  const known = new Set(kept);
  const added = [...changed].filter(([label, isThere]) => isThere && !known.has(label)).map(([label]) => label);
  return [...kept, ...added.sort()];
}

function outputsOf(state: MergeState): JsonObject {
  if (state.verdict?.status === 'dismissed' || state['removed-time'] !== undefined) return {};
  const fromSteps = Object.entries(state.outputs ?? {}).map(([name, entry]) => [name, entry.value] as const);
  return { ...Object.fromEntries(fromSteps), ...state.verdict?.outputs };
}

function failure(verdict: Verdict | undefined): Partial<JobDocument> {
  if (verdict === undefined || verdict.status === 'succeeded') return {};
  const { error, 'failed-step': failedStep, 'exit-code': exitCode } = verdict;
  return withoutUndefined({
    error,
    'error-class': verdict['error-class'] ?? errorClass({ error, failedStep, exitCode }),
    'failed-step': failedStep,
    'exit-code': exitCode,
  });
}

function valuesOf(values: JsonObject): readonly string[] | undefined {
  const found = searchableValues(values);
  return found.length === 0 ? undefined : found;
}
