import { isVerdictUpdate, type JobUpdate, type VerdictKind, type VerdictUpdate } from './job-update.ts';
import { isEmptyValue, type Json, withoutUndefined } from './json.ts';
import type { MergeState, Register, Verdict, VerdictClass } from './merge-state.ts';

const VERDICT_CLASS: Readonly<Record<VerdictKind, VerdictClass>> = {
  dismissal: 3,
  verdict: 2,
  'presumed-failure': 1,
};

/** The state of a job of which `update` alone is known. */
export function lift(update: JobUpdate): MergeState {
  const said = <T extends Json>(value: T | undefined, rank = 0): Register<T> | undefined =>
    value === undefined || isEmptyValue(value)
      ? undefined
      : { rank, time: update.time, attempt: update.attempt ?? 0, id: update['event-id'], value };
  const submitterFirst = update.kind === 'submission' ? 2 : 1;
  const ended = isVerdictUpdate(update);
  return withoutUndefined({
    id: update.id,
    verdict: ended ? verdictOf(update) : undefined,
    status: ended ? undefined : said(update.status, update.status === 'submitted' ? 0 : 1),
    progress: ended ? undefined : said(update.progress),
    step: ended ? undefined : said(update.step),
    message: ended ? undefined : said(update.message),
    worker: said(update.worker, update.attempt ?? 0),
    'superseded-by': said(update['superseded-by']),
    outputs: update.kind === 'update' ? byName(Object.entries(update.outputs ?? {}), said) : undefined,
    inputs: said(update.inputs, submitterFirst),
    secrets: update.kind === 'submission' ? said(update.secrets) : undefined,
    labels: said(update.labels, submitterFirst),
    'label-changes': byName(labelChanges(update), said),
    'user-id': said(update['user-id'], submitterFirst),
    'process-id': said(update['process-id'], submitterFirst),
    'process-version': said(update['process-version'], submitterFirst),
    'retry-of': said(update['retry-of'], submitterFirst),
    'inputs-hash': said(update['inputs-hash'], submitterFirst),
    'submit-time': update['submit-time'],
    'queue-time': update['queue-time'],
    'start-time': update['start-time'],
    'removed-time': update['removed-time'],
    'update-time': update.time,
    'heartbeat-time': update['heartbeat-time'],
    attempts: update.attempt,
  }) as MergeState;
}

function verdictOf(update: VerdictUpdate): Verdict {
  return withoutUndefined({
    class: VERDICT_CLASS[update.kind],
    attempt: update.attempt ?? 0,
    time: update.time,
    id: update['event-id'],
    status: update.status,
    'stop-time': update['stop-time'] ?? update.time,
    outputs: update.outputs,
    results: update.results,
    message: update.message,
    error: update.error,
    'error-class': update['error-class'],
    'failed-step': update['failed-step'],
    'exit-code': update['exit-code'],
    resources: update.resources,
    'cpu-seconds': update['cpu-seconds'],
    'peak-memory': update['peak-memory'],
  }) as Verdict;
}

/** A label that is both removed and added is added. */
function labelChanges(update: JobUpdate): readonly (readonly [string, boolean])[] {
  const { 'add-labels': added = [], 'remove-labels': removed = [] } = update;
  return [...removed.map((label) => [label, false] as const), ...added.map((label) => [label, true] as const)];
}

function byName(
  values: readonly (readonly [string, Json])[],
  said: (value: Json) => Register<Json> | undefined,
): Record<string, Register<Json>> | undefined {
  const entries = values.flatMap(([name, value]) => {
    const entry = said(value);
    return entry === undefined ? [] : [[name, entry] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
