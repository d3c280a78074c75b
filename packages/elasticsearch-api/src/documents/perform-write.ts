import { validationFailed } from '../errors/errors.ts';
import type { ApiRequest, ApiResponse } from '../http/endpoint.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { writableIndex } from '../indices/single-index.ts';
import { applyWrite } from './apply-write.ts';
import type { DocumentWrite } from './document-write.ts';
import { ensureIndex, existingIndex } from './ensure-index.ts';
import { renderWrite, writeStatus } from './render-write.ts';
import { writeProblems } from './write-problems.ts';

/** Performs the one write of a request and answers when it is on disk. */
export async function performWrite(
  request: ApiRequest<{ readonly refresh?: 'true' | 'false' | 'wait_for' }>,
  write: DocumentWrite,
): Promise<ApiResponse> {
  const { engine, typed } = request;
  const problems = writeProblems(write);
  if (problems.length > 0) throw validationFailed(...problems);
  await engine.turn();
  const index =
    write.action === 'delete'
      ? existingIndex(engine, write.target)
      : (writableIndex(engine, write.target, write.requireAlias) ??
        (await ensureIndex(engine, write.target, {
          autoCreateIndex: request.settings.autoCreateIndex,
          isTold: write.action === 'update',
          requireAlias: write.requireAlias,
        })));
  const routing = documentRouting(index, write.target, write.id, write.routing);
  const applied = applyWrite(index, routing === undefined ? write : { ...write, routing });
  await engine.commit();
  const forcedRefresh = request.parameters.refresh === 'true';
  // compat: of a bulk those are not counted that change nothing.
  if (applied.result.result === 'noop') index.counters.noopUpdates += 1;
  else if (forcedRefresh) index.counters.refreshes += 1;
  return { status: writeStatus(applied), body: renderWrite(index.name, applied, { typed, forcedRefresh }) };
}
