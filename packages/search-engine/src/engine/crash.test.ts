import { spawn } from 'node:child_process';
import { appendFile, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createFaultInjectingFileSystem } from '@daybook/durable-log';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Query } from '../query/query.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';

/** Documents of a batch are overwritten by a batch so much later, so that segments die or are compacted. */
const SLOTS = 40;

/** Writes eleven documents for each commit, ten of them over older ones, and prints the number of each batch once it is acknowledged. */
const WRITER = `
  import { openEngine } from './open-engine.ts';
  const engine = await openEngine({ directory: process.argv[2], checkpointRecords: 200, segmentBytes: 20_000 });
  const definition = { mappings: { properties: { batch: { type: 'integer' } } }, settings: {}, aliases: {} };
  const index = engine.index('jobs') ?? (await engine.createIndex('jobs', definition));
  for (let batch = Number(process.argv[3]); ; batch++) {
    const source = Buffer.from(JSON.stringify({ batch, padding: 'x'.repeat(50) }));
    const routing = batch % 3 === 0 ? 'user-' + batch : undefined;
    for (let i = 0; i < 10; i++) index.write({ type: 'index', id: batch % ${SLOTS} + '-' + i, routing, source });
    index.write({ type: 'index', id: 'kept-' + batch, routing, source });
    await engine.commit();
    console.log(batch);
  }
`;

let directory: string;
let data: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-crash-'));
  data = join(directory, 'data');
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

/** The writer as one file of plain JavaScript. */
async function bundleWriter(): Promise<string> {
  const outfile = join(directory, 'writer.mjs');
  await build({
    stdin: { contents: WRITER, resolveDir: import.meta.dirname },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@daybook/source'],
    logLevel: 'warning',
  });
  return outfile;
}

/** Starts a writer at that batch, kills it once so many batches are acknowledged, and returns the last one. */
async function killWhileWriting(writer: string, firstBatch: number, batches: number): Promise<number> {
  const child = spawn(process.execPath, [writer, data, String(firstBatch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let last = firstBatch - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last - firstBatch >= batches) child.kill('SIGKILL');
  }
  await ended;
  return last;
}

/** Writes 300 documents and closes; gives the uuid of their index. */
async function writeCheckpoint(): Promise<string> {
  const engine = await openEngine({ directory: data });
  const index = await engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  for (let at = 0; at < 300; at++) {
    index.write({ type: 'index', id: String(at), source: Buffer.from(`{"name":"${'x'.repeat(200)}${at}"}`) });
  }
  await engine.close();
  return index.uuid;
}

async function countOf(engine: Engine, query: Query): Promise<number> {
  const rest = { from: 0, size: 0, sort: [], trackScores: false, aggregations: {} };
  return (await engine.search([engine.index('jobs')!], { query, ...rest })).total;
}

test('every acknowledged write outlives a killed process', { timeout: 60_000 }, async () => {
  const writer = await bundleWriter();
  let acknowledged = -1;
  for (const batches of [3, 40, 90, 150]) {
    acknowledged = await killWhileWriting(writer, acknowledged + 1, batches);
    const engine = await openEngine({ directory: data });
    const index = engine.index('jobs')!;
    const batchOf = (id: string) => JSON.parse(Buffer.from(index.get(id)!.source()).toString()).batch;
    for (let batch = 0; batch <= acknowledged; batch++) {
      expect(batchOf(`kept-${batch}`)).toBe(batch);
      expect(index.get(`kept-${batch}`)?.routing).toBe(batch % 3 === 0 ? `user-${batch}` : undefined);
      expect(await countOf(engine, { type: 'term', field: 'batch', value: batch })).toBeGreaterThanOrEqual(1);
      if (batch <= acknowledged - SLOTS) continue;
      // What was acknowledged last in its place, or a write behind it that was not answered.
      for (let i = 0; i < 10; i++) expect(batchOf(`${batch % SLOTS}-${i}`)).toBeGreaterThanOrEqual(batch);
    }
    await engine.close();
  }
  const segments = (await readdir(join(data, 'translog'))).sort();
  expect(segments[0], 'the oldest segments have been compacted').not.toBe('0000000001.log');
});

test('a torn record at the end of the translog is cut off and told, and writing goes on behind it', async () => {
  const put = (id: string) => ({ type: 'index', id, source: Buffer.from('{"a":1}') }) as const;
  const first = await openEngine({ directory: data });
  (await first.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} })).write(put('1'));
  await first.close();
  const translog = join(data, 'translog');
  const newest = (await readdir(translog))
    .filter((name) => name.endsWith('.log'))
    .sort()
    .at(-1)!;
  await appendFile(join(translog, newest), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]));
  const torn: number[] = [];
  const second = await openEngine({ directory: data, onTornTail: (bytes) => torn.push(bytes) });
  expect(torn).toEqual([9]);
  expect(second.index('jobs')!.docCount()).toBe(1);
  second.index('jobs')!.write(put('2'));
  await second.close();
  const third = await openEngine({ directory: data });
  expect(third.index('jobs')!.docCount()).toBe(2);
  await third.close();
});

test('once the disk has failed, nothing is acknowledged any more, and what was is still there', async () => {
  const disk = createFaultInjectingFileSystem();
  const failures: Error[] = [];
  const engine = await openEngine({ directory: data, fileSystem: disk, onFailure: (error) => failures.push(error) });
  const index = await engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  const put = (id: string) => ({ type: 'index', id, source: Buffer.from('{"a":1}') }) as const;
  index.write(put('1'));
  await engine.commit();
  disk.faults.failSyncs = 'EIO';
  index.write(put('2'));
  await expect(engine.commit()).rejects.toMatchObject({ code: 'unavailable' });
  expect(() => index.write(put('3'))).toThrow('nothing is written any more since the disk failed');
  await expect(engine.createIndex('other', { mappings: {}, settings: {}, aliases: {} })).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(failures).toHaveLength(1);
  expect(index.get('1')?.version).toBe(1);
  disk.cutPower();
  await engine.close().catch(() => undefined);
  const again = await openEngine({ directory: data });
  expect(again.index('jobs')!.get('1')?.version).toBe(1);
  expect(again.index('jobs')!.docCount()).toBe(1);
  await again.close();
});

test('on a full disk searches go on, and so does writing once there is room', async () => {
  const disk = createFaultInjectingFileSystem();
  const failures: Error[] = [];
  let isFull = false;
  const engine = await openEngine({
    directory: data,
    fileSystem: disk,
    checkpointRecords: 3,
    onFailure: (error) => failures.push(error),
    onDiskFull: (error) => {
      isFull = error !== undefined;
    },
  });
  const index = await engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  const put = (id: string) => ({ type: 'index', id, source: Buffer.from('{"a":1}') }) as const;
  index.write(put('1'));
  await engine.commit();
  disk.faults.freeBytes = 10;
  index.write(put('2'));
  await expect(engine.commit()).rejects.toThrow(/ENOSPC/);
  expect(isFull).toBe(true);
  // Whatever needs the disk meanwhile is refused, and does not end the engine: a write, a change of the catalog, a checkpoint.
  expect(() => index.write(put('3'))).toThrow(/the disk is full, nothing is written until there is room: .*ENOSPC/);
  await expect(engine.putMapping('jobs', { properties: { b: { type: 'long' } } })).rejects.toThrow(/ENOSPC/);
  await expect(engine.flush()).rejects.toMatchObject({ code: 'unavailable' });
  expect(
    (await readdir(join(data, 'indices'), { recursive: true })).filter((name) => name.endsWith('.checkpoint')),
  ).toEqual([]);
  expect(await countOf(engine, { type: 'term', field: 'a', value: 1 })).toBeGreaterThan(0);
  expect(Buffer.from(index.get('1')!.source()).toString()).toBe('{"a":1}');
  disk.faults.freeBytes = Number.POSITIVE_INFINITY;
  await expect.poll(() => isFull, { timeout: 5000 }).toBe(false);
  for (const id of ['4', '5', '6', '7']) index.write(put(id));
  await engine.commit();
  await engine.flush();
  expect(failures).toEqual([]);
  disk.cutPower();
  await engine.close().catch(() => undefined);
  const again = await openEngine({ directory: data });
  // The one that met the full disk was not acknowledged, and was kept all the same.
  expect(['1', '2', '3', '4', '5', '6', '7'].filter((id) => again.index('jobs')!.get(id))).toEqual([
    '1',
    '2',
    '4',
    '5',
    '6',
    '7',
  ]);
  expect(again.index('jobs')!.mappings()).not.toHaveProperty('properties.b');
  await again.close();
});

test('a bit that turned over in a checkpoint or in the log stops the start with the name of the file', async () => {
  const disk = createFaultInjectingFileSystem();
  const put = (id: string) => ({ type: 'index', id, source: Buffer.from('{"a":1}') }) as const;
  const first = await openEngine({ directory: data });
  const index = await first.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  index.write(put('1'));
  await first.flush();
  for (const id of ['2', '3', '4']) {
    index.write(put(id));
    await first.commit();
  }
  // As a killed process leaves it: what closing writes is not there.
  const killed = join(directory, 'killed');
  await cp(data, killed, { recursive: true });
  await first.close();
  await rm(join(killed, 'lock'));
  const [uuid] = await readdir(join(killed, 'indices'));
  const checkpoint = join(killed, 'indices', uuid!, '1.checkpoint');
  const log = join(killed, 'translog/0000000001.log');
  const place = (await readFile(log)).indexOf('{"a":1}', (await readFile(log)).indexOf('{"a":1}') + 1);
  for (const [path, bit] of [
    [checkpoint, 8 * 100],
    [log, 8 * place],
  ] as const) {
    disk.flipBit(path, bit);
    await expect(openEngine({ directory: killed })).rejects.toThrow(path);
    disk.flipBit(path, bit);
  }
  const again = await openEngine({ directory: killed });
  expect(again.index('jobs')!.docCount()).toBe(4);
  await again.close();
});

test('a bit that turned over in a part of a checkpoint that is read later is told, and nothing is written any more', async () => {
  const path = join(data, 'indices', await writeCheckpoint(), '1.checkpoint');
  createFaultInjectingFileSystem().flipBit(path, 8 * 2000);
  await expect(openEngine({ directory: data })).rejects.toThrow(path);
  const failures: Error[] = [];
  const engine = await openEngine({
    directory: data,
    lazyFromBytes: 0,
    onFailure: (error) => failures.push(error),
  });
  await expect.poll(() => failures.length, { timeout: 5000 }).toBe(1);
  expect(failures[0]!.message).toMatch(/1\.checkpoint has damaged data at byte \d+/);
  expect(() => engine.index('jobs')!.write({ type: 'index', id: '1', source: Buffer.from('{}') })).toThrow(
    /since the disk failed/,
  );
  await engine.close();
});

test('a bit that turned over in a source of an older segment is told, and harms no other document', async () => {
  const put = (id: string) =>
    ({ type: 'index', id, source: Buffer.from(`{"of":"${id}","padding":"${'x'.repeat(2000)}"}`) }) as const;
  const first = await openEngine({ directory: data, segmentBytes: 10_000 });
  const written = await first.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  for (let at = 0; at < 20; at++) written.write(put(String(at)));
  await first.close();
  const log = join(data, 'translog/0000000001.log');
  const place = (await readFile(log)).indexOf('{"of":"2"');
  createFaultInjectingFileSystem().flipBit(log, 8 * (place + 1000));

  const damages: Error[] = [];
  const onDamage = (error: Error) => damages.push(error);
  // Few records until a checkpoint, which tries to move what is alive in the damaged segment.
  const engine = await openEngine({ directory: data, segmentBytes: 10_000, checkpointRecords: 10, onDamage });
  const index = engine.index('jobs')!;
  await expect.poll(() => damages.length, { timeout: 5000 }).toBe(1);
  expect(damages[0]!.message).toMatch(/document \[2\] of index \[jobs\] cannot be read: .*0000000001\.log .* byte \d+/);
  expect(() => index.get('2')!.source()).toThrow(damages[0]!.message);
  for (const id of ['0', '1', '3', '4', '5', ...Array.from({ length: 14 }, (_, at) => String(at + 6))])
    index.write(put(id));
  await engine.commit();
  await engine.flush();
  expect(index.docCount()).toBe(20);
  expect(() => index.get('2')!.source()).toThrow(/cannot be read/);
  expect(Buffer.from(index.get('3')!.source()).toString()).toContain('"of":"3"');
  index.write(put('2'));
  expect(Buffer.from(index.get('2')!.source()).toString()).toContain('"of":"2"');
  expect(damages).toHaveLength(1);
  await engine.close();
  expect(await readdir(join(data, 'translog'))).not.toContain('0000000001.log');
});

test('a bit that turned over in a checkpoint while the database runs is told, and the checkpoint is made anew', async () => {
  const directory = join(data, 'indices', await writeCheckpoint());
  const damages: Error[] = [];
  const engine = await openEngine({
    directory: data,
    checkIntervalMs: 20,
    onDamage: (error) => damages.push(error),
  });
  const [damaged] = await readdir(directory);
  createFaultInjectingFileSystem().flipBit(join(directory, damaged!), 8 * 2000);

  await expect.poll(() => damages.length, { timeout: 5000 }).toBe(1);
  expect(damages[0]!.message).toMatch(/\.checkpoint has damaged data at byte \d+/);
  await expect.poll(() => readdir(directory), { timeout: 5000 }).not.toContain(damaged);
  await engine.close();
  const again = await openEngine({ directory: data });
  expect(again.index('jobs')!.docCount()).toBe(300);
  await again.close();
});

test('a directory that is open is not opened twice', async () => {
  const engine = await openEngine({ directory: data });
  await expect(openEngine({ directory: data })).rejects.toThrow(/is in use by the process with pid/);
  await engine.close();
});

test('space of documents that were overwritten is given back', async () => {
  const engine = await openEngine({ directory: data, checkpointRecords: 100, segmentBytes: 10_000 });
  const index = await engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  for (let round = 0; round < 200; round++) {
    for (let i = 0; i < 10; i++) {
      index.write({ type: 'index', id: String(i), source: Buffer.from(JSON.stringify({ round })) });
    }
    // One document of each segment stays as it is, so that no segment dies of itself.
    const routing = round % 2 === 0 ? `user-${round}` : undefined;
    index.write({ type: 'index', id: `kept-${round}`, routing, source: Buffer.from('{"kept":true}') });
    await engine.commit();
  }
  await engine.flush();
  await engine.close();
  const segments = await readdir(join(data, 'translog'));
  expect(segments.length).toBeLessThan(6);
  const again = await openEngine({ directory: data });
  expect(again.index('jobs')!.docCount()).toBe(210);
  expect(await countOf(again, { type: 'term', field: 'round', value: 199 })).toBe(10);
  for (let round = 0; round < 200; round++) {
    const kept = again.index('jobs')!.get(`kept-${round}`)!;
    expect(Buffer.from(kept.source()).toString()).toBe('{"kept":true}');
    expect(kept.routing).toBe(round % 2 === 0 ? `user-${round}` : undefined);
  }
  await again.close();
});
