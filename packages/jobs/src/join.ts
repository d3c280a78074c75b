import { earlier, later } from './instant.ts';
import { type Json, withoutUndefined } from './json.ts';
import type { MergeState, Register } from './merge-state.ts';
import { compareRegisters, compareVerdicts, greater } from './register.ts';

/**
 * The least state that knows what both know: associative, commutative and idempotent (MERGE.md). Both must be of one job.
 * Neither is changed; the result may share parts with them.
 */
export function join(a: MergeState, b: MergeState): MergeState {
  const register = <K extends RegisterPart>(part: K): MergeState[K] =>
    greater(compareRegisters as (x: Register<Json>, y: Register<Json>) => number, a[part], b[part]) as MergeState[K];
  const verdict = greater(compareVerdicts, a.verdict, b.verdict);
  // What a verdict hides for ever is dropped, so that late messages change nothing.
  const untilVerdict = <K extends RegisterPart>(part: K): MergeState[K] | undefined =>
    verdict === undefined ? register(part) : undefined;
  return withoutUndefined({
    id: a.id,
    verdict,
    status: untilVerdict('status'),
    progress: untilVerdict('progress'),
    step: untilVerdict('step'),
    message: untilVerdict('message'),
    worker: register('worker'),
    'superseded-by': register('superseded-by'),
    outputs: joinByName(a.outputs, b.outputs),
    inputs: register('inputs'),
    secrets: untilVerdict('secrets'),
    labels: register('labels'),
    'label-changes': joinByName(a['label-changes'], b['label-changes']),
    'user-id': register('user-id'),
    'process-id': register('process-id'),
    'process-version': register('process-version'),
    'retry-of': register('retry-of'),
    'inputs-hash': register('inputs-hash'),
    'submit-time': earlier(a['submit-time'], b['submit-time']),
    'queue-time': earlier(a['queue-time'], b['queue-time']),
    'start-time': earlier(a['start-time'], b['start-time']),
    'removed-time': earlier(a['removed-time'], b['removed-time']),
    'update-time': later(a['update-time'], b['update-time']),
    'heartbeat-time': later(a['heartbeat-time'], b['heartbeat-time']),
    attempts: greater((x, y) => x - y, a.attempts, b.attempts),
  }) as MergeState;
}

type RegisterPart = {
  [K in keyof MergeState]-?: NonNullable<MergeState[K]> extends Register<Json> ? K : never;
}[keyof MergeState];

type ByName<T extends Json> = Readonly<Record<string, Register<T>>>;

function joinByName<T extends Json>(a: ByName<T> | undefined, b: ByName<T> | undefined): ByName<T> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const joined = new Map(Object.entries(a));
  for (const [name, entry] of Object.entries(b)) joined.set(name, greater(compareRegisters, joined.get(name), entry)!);
  return Object.fromEntries(joined);
}
