import type { ApiContext } from '../api-context.ts';
import type { ApiResponse } from '../http/endpoint.ts';
import { type ByQueryCounts, renderByQuery } from './by-query.ts';

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
  run: (signal?: AbortSignal) => Promise<ByQueryCounts>,
): Promise<ApiResponse> {
  const startedMs = performance.now();
  if (!options.wait) {
    const task = context.tasks.start(options.action, options.description, async (signal) => ({
      ...renderByQuery(await run(signal), startedMs, options),
      canceled: signal.aborted ? String(signal.reason) : undefined,
    }));
    return { body: { task: task.id } };
  }
  const counts = await run();
  return { status: counts.status, body: renderByQuery(counts, startedMs, options) };
}
