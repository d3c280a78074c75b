import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';

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
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'checkpoint-'));
  path = join(directory, '1.checkpoint');
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

test('a checkpoint file gives back what it was given', async () => {
  const bytes = await writeCheckpointFile(path, VALUE);
  expect(readCheckpointFile(path)).toEqual({ value: VALUE, bytes });
});

test('no damaged byte goes unnoticed', async () => {
  await writeCheckpointFile(path, VALUE);
  const intact = await readFile(path);
  let unnoticed = 0;
  for (let at = 0; at < intact.length; at++) {
    const damaged = Buffer.from(intact);
    damaged[at]! ^= 0x10;
    await writeFile(path, damaged);
    try {
      // Padding between arrays may be anything.
      expect(readCheckpointFile(path).value).toEqual(VALUE);
      unnoticed++;
    } catch (error) {
      expect(error).toMatchObject({ name: 'DaybookError' });
    }
  }
  expect(unnoticed).toBeLessThan(40);
});

test('a file that was cut short is corrupt', async () => {
  await writeCheckpointFile(path, VALUE);
  const intact = await readFile(path);
  await writeFile(path, intact.subarray(0, intact.length - 9));
  expect(() => readCheckpointFile(path)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  await writeFile(path, '');
  expect(() => readCheckpointFile(path)).toThrow(expect.objectContaining({ code: 'corrupt' }));
});
