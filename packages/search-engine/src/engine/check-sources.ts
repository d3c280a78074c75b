import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalIndex } from '../index/local-index.ts';

const SLICE_BYTES = 256 * 1024;
/** With the slices: 10 MiB per second at most. */
const PAUSE_MS = 25;
const INTERVAL_MS = 24 * 60 * 60 * 1000;

/**
 * Reads the source of every live document now and once a day, in slices between which other work runs, so that the translog tells of damage that
 * nobody has met. Ends when the signal says so.
 */
export async function checkSources(indices: () => readonly LocalIndex[], signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      for (const index of indices()) await checkIndex(index, indices, signal);
      await sleep(INTERVAL_MS, undefined, { ref: false, signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function checkIndex(index: LocalIndex, indices: () => readonly LocalIndex[], signal: AbortSignal): Promise<void> {
  let sliceBytes = SLICE_BYTES;
  for (let doc = 0; doc < index.data.documents.limit; doc++) {
    if (sliceBytes >= SLICE_BYTES) {
      await sleep(PAUSE_MS, undefined, { ref: false, signal });
      if (!indices().includes(index)) return;
      sliceBytes = 0;
    }
    if (index.data.documents.isLive(doc)) sliceBytes += index.intactSource(doc)?.length ?? 0;
  }
}
