import { EXIT } from '../exit-codes.ts';
import { print, tell } from '../rendering/print.ts';
import { startProgress, withSeparators } from '../rendering/progress.ts';
import { safeText } from '../rendering/safe-text.ts';
import type { LineResult } from './submit-table.ts';
import type { TableSource } from './table-source.ts';

/** How it is printed. */
export interface PrintOptions {
  readonly dryRun: boolean;
  /** A line of JSON for each line of the table. */
  readonly json: boolean;
  /** With which the same can be submitted again. */
  readonly key: string;
  readonly source: TableSource;
}

/**
 * Prints the ids of jobs on standard output as they come, the lines that failed and the counts on standard error, and gives the ids. Sets the exit
 * code where a line failed.
 */
export async function printTable(
  results: AsyncIterable<readonly LineResult[]>,
  { dryRun, json, key, source }: PrintOptions,
): Promise<readonly string[]> {
  const progress = startProgress({ what: dryRun ? 'checking' : 'submitting', total: source.totalLines });
  const jobIds: string[] = [];
  const counts = { submitted: 0, deduplicated: 0, failed: 0 };
  try {
    for await (const lines of results) {
      progress.end();
      for (const result of lines) {
        counts[outcomeOf(result)] += 1;
        if (result.jobID !== undefined) jobIds.push(result.jobID);
        printLine(result, json);
      }
      progress.update(lines.at(-1)?.line ?? 0, counts.failed === 0 ? '' : `${withSeparators(counts.failed)} failed`);
    }
  } catch (error) {
    progress.end();
    if (jobIds.length > 0)
      tell(`${jobIds.length} jobs are submitted; the same again with --key ${key} submits the others`);
    throw error;
  }
  progress.end();
  tell(summary(counts, dryRun));
  if (counts.failed > 0) process.exitCode = EXIT.failure;
  return jobIds;
}

function outcomeOf({ error, deduplicated = false }: LineResult): 'submitted' | 'deduplicated' | 'failed' {
  if (error !== undefined) return 'failed';
  return deduplicated ? 'deduplicated' : 'submitted';
}

function printLine(result: LineResult, json: boolean): void {
  if (json) print(`${JSON.stringify(result)}\n`);
  else if (result.jobID !== undefined) print(`${result.jobID}\n`);
  else if (result.error !== undefined) tell(`line ${result.line}: ${safeText(result.error)}`);
}

function summary(counts: { submitted: number; deduplicated: number; failed: number }, dryRun: boolean): string {
  const parts = [
    `${withSeparators(counts.submitted)} ${dryRun ? 'would be submitted' : 'submitted'}`,
    ...(counts.deduplicated > 0 ? [`${withSeparators(counts.deduplicated)} done already`] : []),
    ...(counts.failed > 0 ? [`${withSeparators(counts.failed)} failed`] : []),
  ];
  return parts.join(', ');
}
