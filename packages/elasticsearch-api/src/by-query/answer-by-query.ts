import type { ApiContext } from '../api-context.ts';
import type { ApiResponse } from '../http/endpoint.ts';
import { type ByQueryCounts, newCounts, renderByQuery, renderCounts } from './by-query.ts';

const everyCount = ['updated', 'created', 'deleted'] as const;

/** Runs to the end and answers the counts, or answers at once with a task that can be asked for them. */
export async function answerByQuery(
  context: ApiContext,
  options: {
    readonly action: string;
    readonly description: string;
    readonly wait: boolean;
    /** What can be done to a document. */
    readonly counted: readonly ('updated' | 'created' | 'deleted')[];
  },
  run: (counts: ByQueryCounts, signal?: AbortSignal) => Promise<void>,
): Promise<ApiResponse> {
  const startedMs = performance.now();
  const counts = newCounts();
  if (!options.wait) {
    const task = context.tasks.start({
      action: options.action,
      description: options.description,
      status: () => renderCounts(counts, everyCount),
      run: async (signal) => {
        await run(counts, signal);
        const canceled = signal.aborted ? String(signal.reason) : undefined;
        return { ...renderByQuery(counts, startedMs, options), canceled };
      },
    });
    return { body: { task: task.id } };
  }
  await run(counts);
  const conflicted = counts.failures.length > 0 && counts.versionConflicts > 0;
  const status = counts.failures.length === 0 ? 200 : conflicted ? 409 : 400;
  return { status, body: renderByQuery(counts, startedMs, options) };
}
