import type { Index } from '@daybook/search-engine';
import { validationFailed } from '../errors/errors.ts';
import type { ApiRequest, ApiResponse } from '../http/endpoint.ts';
import { writableIndex } from '../indices/single-index.ts';
import type { AppliedWrite } from './applied-write.ts';
import { applyWrite } from './apply-write.ts';
import type { DocumentWrite } from './document-write.ts';
import { ensureIndex, existingIndex } from './ensure-index.ts';
import { isLargeWrite, prepareWrite } from './prepare-write.ts';
import { renderWrite, writeStatus } from './render-write.ts';
import { routedWrite } from './routed-write.ts';
import { writeProblems } from './write-problems.ts';

interface Applied {
  readonly index: Index;
  readonly applied: AppliedWrite;
}

/** Performs the one write of a request and answers when it is on disk. */
export async function performWrite(
  request: ApiRequest<{ readonly refresh?: 'true' | 'false' | 'wait_for' }>,
  write: DocumentWrite,
): Promise<ApiResponse> {
  const { engine, typed } = request;
  const problems = writeProblems(write);
  if (problems.length > 0) throw validationFailed(...problems);
  const { index, applied } = await applyInTurn(request, write);
  await engine.commit();
  const forcedRefresh = request.parameters.refresh === 'true';
  // compat: of a bulk those are not counted that change nothing.
  if (applied.result.result === 'noop') index.counters.noopUpdates += 1;
  else if (forcedRefresh) index.counters.refreshes += 1;
  return { status: writeStatus(applied), body: renderWrite(index.name, applied, { typed, forcedRefresh }) };
}

/** Applies the write, a large one once it is prepared: the index may be gone by then, or closed. */
async function applyInTurn(request: ApiRequest<object>, write: DocumentWrite, isPrepared = false): Promise<Applied> {
  const { engine, settings } = request;
  const { action, target, requireAlias } = write;
  await engine.turn();
  const index =
    action === 'delete'
      ? existingIndex(engine, target)
      : (writableIndex(engine, target, requireAlias) ??
        (await ensureIndex(engine, target, {
          autoCreateIndex: settings.autoCreateIndex,
          isTold: action === 'update',
          requireAlias,
        })));
  const routed = routedWrite(index, write);
  if (isPrepared || !isLargeWrite(index, routed)) return { index, applied: applyWrite(index, routed) };
  return prepareWrite(engine, index, write, (prepared) => applyInTurn(request, prepared, true));
}
