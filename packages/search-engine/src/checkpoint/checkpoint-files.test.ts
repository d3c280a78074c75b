import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NumberArray } from '../columns/number-array.ts';
import { type Stored, StoredArray } from '../columns/stored-array.ts';
import type { ArrayPlace, FrozenValue } from './checkpoint-format.ts';
import { CheckpointInputs } from './checkpoint-inputs.ts';
import { type ReadCheckpoint, readCheckpoint } from './read-checkpoint.ts';
import { writeCheckpointFile } from './write-checkpoint-file.ts';

const VALUE = {
  limit: 3,
  name: 'ünïcode',
  nothing: null,
  columns: {
    $array: { values: Float64Array.of(1.5, Number.NaN, -0) },
    ordinals: [Uint8Array.of(1, 2, 3), null, Uint16Array.of(65_535), Uint32Array.of(1, 2).subarray(1)],
    empty: new Uint32Array(0),
  },
};

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

function pathOf(generation: number): string {
  return join(directory, `${generation}.checkpoint`);
}

function write(
  generation: number,
  value: FrozenValue,
  places: ReadonlyMap<Stored<NumberArray>, ArrayPlace> = new Map(),
) {
  return writeCheckpointFile(pathOf(generation), generation, value, (array) => places.get(array));
}

function read(generation: number): ReadCheckpoint {
  const inputs = new CheckpointInputs(pathOf);
  try {
    const checkpoint = readCheckpoint(generation, inputs, () => undefined);
    for (const array of checkpoint.places.keys()) array.read();
    return checkpoint;
  } finally {
    inputs.close();
  }
}

/** The value with its arrays in memory. */
function inMemory(value: unknown): unknown {
  if (value instanceof StoredArray) return value.read();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(inMemory);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inMemory(item)]));
}

test('a checkpoint gives back what it was given', async () => {
  const { bytes } = await write(1, VALUE);
  const { value, files } = read(1);
  expect(inMemory(value)).toEqual(VALUE);
  expect([...files]).toEqual([[1, bytes]]);
});

test('a checkpoint refers to older files for arrays that are there, and tells where all are', async () => {
  const ids = Uint32Array.from({ length: 10_000 }, (_, at) => at);
  const first = await write(1, { ids, status: Uint8Array.of(1, 2) });
  const { value, places } = read(1);
  const { ids: readIds } = value as { ids: StoredArray };
  const second = await write(2, { ids: readIds, status: Uint8Array.of(3) }, places);
  expect(second.bytes).toBeLessThan(400);
  const again = read(2);
  expect(inMemory(again.value)).toEqual({ ids, status: Uint8Array.of(3) });
  expect(again.files).toEqual(
    new Map([
      [1, first.bytes],
      [2, second.bytes],
    ]),
  );
  expect([...again.places.values()].map(({ generation }) => generation)).toEqual([1, 2]);
});

test('no damaged byte goes unnoticed', async () => {
  await write(1, VALUE);
  const intact = await readFile(pathOf(1));
  let unnoticed = 0;
  for (let at = 0; at < intact.length; at++) {
    const damaged = Buffer.from(intact);
    damaged[at]! ^= 0x10;
    await writeFile(pathOf(1), damaged);
    try {
      // Padding between arrays may be anything.
      expect(inMemory(read(1).value)).toEqual(VALUE);
      unnoticed++;
    } catch (error) {
      expect(error).toMatchObject({ name: 'DaybookError' });
    }
  }
  expect(unnoticed).toBeLessThan(40);
});

test('a file that was cut short is corrupt', async () => {
  await write(1, VALUE);
  const intact = await readFile(pathOf(1));
  await writeFile(pathOf(1), intact.subarray(0, intact.length - 9));
  expect(() => read(1)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  await writeFile(pathOf(1), '');
  expect(() => read(1)).toThrow(expect.objectContaining({ code: 'corrupt' }));
});
