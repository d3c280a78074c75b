import { type DaybookError, isDaybookError } from '@daybook/errors';

/** What became of one entry of a batch. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: DaybookError };

/** Runs `attempt` for each entry; what one entry's caller did wrong leaves the others alone. */
export function eachOutcome<Entry, Value>(
  entries: readonly Entry[],
  attempt: (entry: Entry) => Value,
): readonly Outcome<Value>[] {
  return entries.map((entry) => {
    try {
      return { ok: true, value: attempt(entry) };
    } catch (error) {
      if (isDaybookError(error)) return { ok: false, error };
      throw error;
    }
  });
}
