import { DaybookError } from '@daybook/errors';
import type { JobUpdate } from './job-update.ts';
import { join } from './join.ts';
import { lift } from './lift.ts';
import type { MergeState } from './merge-state.ts';

/**
 * The state after `update`, which may be early, late or known already: the join of `state` and what the update alone
 * says. An update of another job is a fault of the caller's: 'internal'.
 */
export function fold(state: MergeState, update: JobUpdate): MergeState {
  if (state.id !== update.id)
    throw new DaybookError('internal', `An update of job ${update.id} was folded into job ${state.id}`);
  return join(state, lift(update));
}
