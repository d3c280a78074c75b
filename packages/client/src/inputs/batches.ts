import type { Execution } from '../ades/jobs.ts';
import type { Item } from './read-items.ts';

/** Jobs that are submitted by one request. */
export interface Batch {
  /** Lines of the table, in the order of `executions`. */
  readonly lines: readonly number[];
  readonly executions: readonly Execution[];
}

/** How large a batch may be. */
export interface BatchLimits {
  readonly maxItems: number;
  /** Of its items as JSON. */
  readonly maxChars: number;
}

/** Gathers items to batches, in their order: the same items always to the same batches. `refused` is told of those that are none. */
export async function* gatherBatches(
  items: AsyncIterable<Item>,
  { maxItems, maxChars }: BatchLimits,
  refused: (line: number, error: string) => void,
): AsyncGenerator<Batch, void, undefined> {
  let lines: number[] = [];
  let executions: Execution[] = [];
  let chars = 0;
  for await (const item of items) {
    if ('error' in item) {
      refused(item.line, item.error);
      continue;
    }
    const size = JSON.stringify(item.execution).length;
    if (lines.length > 0 && (lines.length === maxItems || chars + size > maxChars)) {
      yield { lines, executions };
      lines = [];
      executions = [];
      chars = 0;
    }
    lines.push(item.line);
    executions.push(item.execution);
    chars += size;
  }
  if (lines.length > 0) yield { lines, executions };
}
