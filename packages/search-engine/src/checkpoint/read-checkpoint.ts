import type { NumberArray } from '../columns/number-array.ts';
import { StoredArray } from '../columns/stored-array.ts';
import { ARRAY_KINDS, type ArrayPlace, fileOf, isArrayReference } from './checkpoint-format.ts';
import type { CheckpointInputs } from './checkpoint-inputs.ts';

/** A value that was read. */
export interface ReadCheckpoint {
  readonly value: unknown;
  /** Size of each file that it lies in, by generation. */
  readonly files: ReadonlyMap<number, number>;
  /** Of every array in the value. */
  readonly places: ReadonlyMap<StoredArray, ArrayPlace>;
}

/**
 * Reads what `writeCheckpointFile` was given but for its arrays, which are read from `inputs` when they are first wanted, each into memory of its own. An array that stood in
 * several places is one again. What is damaged is `corrupt`, now or then; `onUnreadable` is told of the latter.
 */
export function readCheckpoint(
  generation: number,
  inputs: CheckpointInputs,
  onUnreadable: (error: unknown) => void,
): ReadCheckpoint {
  const places = new Map<StoredArray, ArrayPlace>();
  const known = new Map<string, StoredArray>();
  const restore = (current: unknown): unknown => {
    if (typeof current !== 'object' || current === null) return current;
    if (isArrayReference(current)) {
      const [kind, offset, bytes, checksum] = current.$array;
      const place = String(current.$array);
      const before = known.get(place);
      if (before !== undefined && bytes > 0) return before;
      const file = inputs.file(fileOf(current, generation));
      file.checkExtent(offset, bytes);
      const size = { length: bytes / ARRAY_KINDS[kind].BYTES_PER_ELEMENT, byteLength: bytes };
      const array = new StoredArray<NumberArray>(size, () => {
        try {
          return file.readArray(current);
        } catch (error) {
          onUnreadable(error);
          throw error;
        }
      });
      known.set(place, array);
      places.set(array, { kind, generation: fileOf(current, generation), offset, bytes, checksum });
      return array;
    }
    if (Array.isArray(current)) return current.map(restore);
    return Object.fromEntries(Object.entries(current).map(([name, item]) => [name, restore(item)]));
  };
  const value = restore(inputs.file(generation).readManifest());
  return { value, places, files: inputs.sizes() };
}
