import type { JsonObject } from '@daybook/jobs';

/** The columns that a person looks for, by the member that holds the list; others show all their members. */
const COLUMNS: ReadonlyMap<string, readonly string[]> = new Map([
  ['processes', ['id', 'title', 'version', 'description', 'jobControlOptions', 'mutable']],
  ['jobs', ['jobID', 'status', 'processID', 'labels', 'message', 'created', 'finished']],
  ['logs', ['id', 'stream', 'size']],
  ['updates', ['time', 'kind', 'status', 'step', 'message', 'changes']],
]);

/** For each row the links alone would say the same again. */
const HIDDEN: ReadonlySet<string> = new Set(['links', 'href']);

/** The columns of a table: those of its kind that any row has, else all members in the order in which they come. */
export function columnsOf(name: string, rows: readonly JsonObject[]): readonly string[] {
  const all = new Set(rows.flatMap((row) => Object.keys(row)).filter((column) => !HIDDEN.has(column)));
  const wanted = COLUMNS.get(name)?.filter((column) => all.has(column));
  return wanted === undefined || wanted.length === 0 ? [...all] : wanted;
}
