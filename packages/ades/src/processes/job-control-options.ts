import type { DescribedProcess } from './process-record.ts';

/** The options of a process whose deploy names none. */
const DEFAULT_OPTIONS: readonly string[] = ['async-execute', 'sync-execute'];

const KNOWN_OPTIONS: ReadonlySet<string> = new Set([...DEFAULT_OPTIONS, 'dismiss']);

/** What a deploy body declares, without words that no specification has; both ways of execution where it declares neither. */
export function declaredJobControlOptions(declared: readonly string[] = []): readonly string[] {
  const known = [...new Set(declared)].filter((option) => KNOWN_OPTIONS.has(option));
  return known.some((option) => DEFAULT_OPTIONS.includes(option)) ? known : DEFAULT_OPTIONS;
}

/** How jobs of a process may be run. */
export function jobControlOptions(process: DescribedProcess): readonly string[] {
  return process['job-control-options'] ?? DEFAULT_OPTIONS;
}
