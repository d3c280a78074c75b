import { join } from './join.ts';
import { withoutUndefined } from './json.ts';
import type { MergeState } from './merge-state.ts';

/**
 * The state after `worker` claimed the next attempt at `time`. The number is unique only where the state is then written on
 * the condition that nobody else wrote since it was read.
 */
export function claim(state: MergeState, worker: string, time: string): { attempt: number; state: MergeState } {
  const attempt = (state.attempts ?? 0) + 1;
  const claimed: MergeState = {
    id: state.id,
    attempts: attempt,
    worker: { rank: attempt, time, attempt, id: `claim-${attempt}`, value: worker },
    'heartbeat-time': time,
  };
  return { attempt, state: join(state, claimed) };
}

/** The state once the job's request is known to be queued at `time`. */
export function queued(state: MergeState, time: string): MergeState {
  return join(state, withoutUndefined({ id: state.id, 'queue-time': time }));
}
