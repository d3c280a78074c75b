import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredArray } from '../columns/stored-array.ts';
import type { CheckpointInputs } from './checkpoint-inputs.ts';

/** What is read in one turn of the event loop, in about a millisecond. */
const TURN_BYTES = 512 * 1024;
const MAX_OPEN_FILES = 256;

/** The arrays of checkpoints that were opened, which are read beside other work unless somebody wants them before. */
export class UnreadArrays {
  /** Of smaller checkpoints all is read at once. */
  readonly #minBytes: number;
  #arrays: StoredArray[] = [];
  #inputs: CheckpointInputs[] = [];
  #openFiles = 0;

  constructor(minBytes: number) {
    this.#minBytes = minBytes;
  }

  /** The arrays of one checkpoint and the files in which they lie, which are closed once all is read. */
  add(inputs: CheckpointInputs, arrays: readonly StoredArray[]): void {
    const { size: files } = inputs.sizes();
    const bytes = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes < this.#minBytes || this.#openFiles + files > MAX_OPEN_FILES) {
      for (const array of arrays) array.read();
      inputs.close();
      return;
    }
    this.#inputs.push(inputs);
    this.#openFiles += files;
    for (const array of arrays) this.#arrays.push(array);
  }

  /** Reads them all, some in each turn of the event loop, until the signal says that it should end. Fails with the first that is damaged. */
  async read(signal: AbortSignal): Promise<void> {
    let bytes = 0;
    for (const array of this.#arrays) {
      if (signal.aborted) return;
      array.read();
      bytes += array.byteLength;
      if (bytes < TURN_BYTES) continue;
      bytes = 0;
      await nextTurn();
    }
    this.close();
  }

  /** What was not read by then cannot be read any more. */
  close(): void {
    for (const inputs of this.#inputs) inputs.close();
    this.#inputs = [];
    this.#arrays = [];
    this.#openFiles = 0;
  }
}
