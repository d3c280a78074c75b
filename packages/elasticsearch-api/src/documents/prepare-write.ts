import {
  type Engine,
  type Index,
  LARGE_SOURCE_BYTES,
  type Steps,
  type WriteOperation,
  type WriteResult,
} from '@daybook/search-engine';
import { isTooLarge } from './document-size.ts';
import type { DocumentWrite } from './document-write.ts';
import { routedWrite } from './routed-write.ts';
import { updateOutcomeInSteps } from './update-outcome.ts';

/** Whether a write takes so long that it is to be prepared. */
export function isLargeWrite(index: Index, { action, id = '', source, routing, update }: DocumentWrite): boolean {
  if (action === 'delete') return false;
  if (source !== undefined) return isLarge(source.byteLength) && !isTooLarge(source);
  return isLarge(update?.bytes ?? 0) || isLarge(index.get(id, routing)?.sourceBytes ?? 0);
}

function isLarge(bytes: number): boolean {
  return bytes >= LARGE_SOURCE_BYTES;
}

/**
 * Makes ahead, in turn with others, what takes long of a large write, which `apply` is to do. Nothing is changed and nothing refused before. Large writes
 * wait for each other, so that an update finds what the one before it has left.
 */
export function prepareWrite<T>(
  engine: Engine,
  index: Index,
  write: DocumentWrite,
  apply: (prepared: DocumentWrite) => T | Promise<T>,
): Promise<T> {
  return engine.takeTurnsInOrder(prepare(engine, index, write), apply);
}

/** Writes a source as it is, a large one once it is prepared. */
export function writeSource(
  engine: Engine,
  index: Index,
  operation: WriteOperation & { readonly type: 'index' | 'create' },
): WriteResult | Promise<WriteResult> {
  if (!isLarge(operation.source.byteLength)) return index.write(operation);
  const steps = engine.prepare(index, operation);
  return engine.takeTurnsInOrder(steps, (prepared) => index.write({ ...operation, prepared }));
}

function* prepare(engine: Engine, index: Index, write: DocumentWrite): Steps<DocumentWrite> {
  const routed = routedWrite(index, write);
  const { id = '', source, routing } = routed;
  if (source !== undefined) return { ...write, prepared: yield* engine.prepare(index, { id, source, routing }) };
  try {
    const current = index.get(id, routing);
    const outcome = yield* updateOutcomeInSteps(index, current, routed);
    const { operation } = outcome;
    const prepared = operation.type === 'index' ? yield* engine.prepare(index, { id, ...operation }) : undefined;
    const { uuid } = index;
    const seqNo = current?.seqNo;
    const withTerms = prepared === undefined ? outcome : { ...outcome, operation: { ...operation, prepared } };
    return { ...write, preparedUpdate: { uuid, seqNo, outcome: withTerms } };
  } catch {
    // The write meets it again, in the order in which it looks for what is wrong.
    return write;
  }
}
