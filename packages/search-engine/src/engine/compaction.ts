import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '@daybook/durable-log';
import type { LocalIndex } from '../index/local-index.ts';
import { TimeSlice } from '../steps/time-slice.ts';
import type { Translog } from '../translog/translog.ts';

const SLICE_BYTES = 1024 * 1024;
/** So long everything else waits at most, unless one document takes longer. */
const SLICE_MS = 2;

/**
 * Repeats the live documents of segments that are less than half alive at the end of the log, in slices between which other work runs, so
 * that the next checkpoint can delete these segments.
 */
export async function compactSegments(
  log: Log,
  translog: Translog,
  indices: () => readonly LocalIndex[],
  isStopped: () => boolean,
): Promise<void> {
  const sparse = sparseSegments(log, indices());
  for (const index of sparse.size === 0 ? [] : indices()) {
    let sliceBytes = 0;
    const slice = new TimeSlice(SLICE_MS);
    for (let doc = 0; doc < index.data.documents.limit; doc++) {
      if (sliceBytes >= SLICE_BYTES) {
        await translogIsOnDisk(log);
        sliceBytes = 0;
      }
      if (slice.isOver) await slice.next();
      if (isStopped()) return;
      if (indices().includes(index)) sliceBytes += moveDocument(index, doc, sparse, translog);
    }
  }
}

async function translogIsOnDisk(log: Log): Promise<void> {
  await log.commit();
  await nextTurn();
}

/** Returns the bytes moved. */
function moveDocument(index: LocalIndex, doc: number, segments: ReadonlySet<number>, translog: Translog): number {
  const { documents } = index.data;
  if (!documents.isLive(doc)) return 0;
  const entry = documents.entry(doc);
  if (!segments.has(entry.source.segment)) return 0;
  const source = index.intactSource(doc);
  // A damaged source stays where it is, and its segment with it.
  if (source === undefined) return 0;
  const { version, seqNo } = entry;
  const routing = index.data.routing(doc);
  const write = { indexNumber: index.number, seqNo, version, id: documents.id(doc), routing };
  index.writableData().documents.move(doc, translog.appendSource('move', write, source).source);
  index.isDirty = true;
  return entry.sourceBytes;
}

function sparseSegments(log: Log, indices: readonly LocalIndex[]): ReadonlySet<number> {
  const alive = new Map<number, number>();
  for (const { data } of indices) {
    for (const [segment, bytes] of data.documents.liveBytesBySegment()) {
      alive.set(segment, (alive.get(segment) ?? 0) + bytes);
    }
  }
  const ended = log.segments().slice(0, -1);
  return new Set(
    ended.filter(({ segment, bytes }) => (alive.get(segment) ?? 0) * 2 < bytes).map(({ segment }) => segment),
  );
}
