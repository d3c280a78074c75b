import { type Mint, statusUpdate } from './build-update.ts';
import { later } from './instant.ts';
import type { JobUpdate } from './job-update.ts';
import type { MergeState } from './merge-state.ts';

/** Labels that a job gets and loses. */
export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * The event that changes the labels of a job of which `state` is known. It is later than every change of these labels that `state` has, whatever the clocks
 * say, so that who saw a label can remove it.
 */
export function labelChange(state: MergeState, { add, remove }: LabelChange, mint: Mint = {}): JobUpdate {
  const changes = new Map(Object.entries(state['label-changes'] ?? {}));
  const known = [...add, ...remove].map((label) => changes.get(label)?.time).reduce(later, undefined);
  const next = known === undefined ? 0 : Date.parse(known) + 1;
  const time = new Date(Math.max((mint.time ?? new Date()).getTime(), next));
  return statusUpdate({ id: state.id, 'add-labels': add, 'remove-labels': remove }, { ...mint, time });
}
