import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultInjectingFileSystem, type FaultInjectingFileSystem } from './fault-injecting-file-system.ts';
import type { Log } from './log.ts';
import { openLog } from './open-log.ts';

let directory: string;
let fileSystem: FaultInjectingFileSystem;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-log-'));
  fileSystem = createFaultInjectingFileSystem();
});
afterEach(() => rm(directory, { recursive: true }));

const numbered = (at: number) => Buffer.from(`record ${at}`);

async function replayed(): Promise<string[]> {
  const texts: string[] = [];
  const log = await openLog({ directory, replay: (payload) => texts.push(Buffer.from(payload).toString()) });
  await log.close();
  return texts;
}

describe('a log on a failing disk', () => {
  it('writes all of a record however little the disk takes at once', async () => {
    fileSystem.faults.maxWriteBytes = 3;
    const log = await openLog({ directory, fileSystem });
    log.append(numbered(1));
    log.append(numbered(2));
    await log.close();
    expect(await replayed()).toEqual(['record 1', 'record 2']);
  });

  it('fails for good when the disk is full, and what was acknowledged stays readable', async () => {
    const log = await openLog({ directory, fileSystem });
    const kept = log.append(numbered(1));
    await log.commit();
    fileSystem.faults.freeBytes = 5;
    log.append(numbered(2));
    await expect(log.commit()).rejects.toMatchObject({ code: 'unavailable' });
    fileSystem.faults.freeBytes = Infinity;
    expect(() => log.append(numbered(3))).toThrow(/ENOSPC/);
    await expect(log.commit()).rejects.toMatchObject({ code: 'unavailable' });
    expect(Buffer.from(log.read(kept, 8)).toString()).toBe('record 1');
    await expect(log.close()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await replayed()).toEqual(['record 1']);
  });

  it('acknowledges nothing after a sync that failed', async () => {
    const log = await openLog({ directory, fileSystem });
    fileSystem.faults.failSyncs = true;
    log.append(numbered(1));
    await expect(log.commit()).rejects.toMatchObject({ code: 'unavailable' });
    fileSystem.faults.failSyncs = false;
    await expect(log.commit()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(log.close()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('shares one sync among the commits of a turn', async () => {
    const log = await openLog({ directory, fileSystem });
    await log.sync();
    const before = fileSystem.syncs;
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => {
        log.append(numbered(at));
        return log.commit();
      }),
    );
    expect(fileSystem.syncs - before).toBe(1);
    await log.close();
  });

  it('makes what is appended during a sync durable with the next one', async () => {
    const log = await openLog({ directory, fileSystem });
    log.append(numbered(1));
    const first = log.commit();
    await new Promise((resolve) => setImmediate(resolve));
    log.append(numbered(2));
    const second = log.commit();
    await first;
    await second;
    fileSystem.cutPower();
    expect(await replayed()).toEqual(['record 1', 'record 2']);
  });

  it('stays bounded, and loses nothing, when far more is appended in one turn than it buffers', async () => {
    const log = await openLog({ directory, fileSystem, segmentBytes: 8 << 20 });
    const megabyte = Buffer.alloc(1 << 20, 'x');
    for (let at = 0; at < 80; at++) log.append([numbered(at), megabyte]);
    const done = log.commit();
    await done;
    fileSystem.cutPower();
    expect((await replayed()).map((text) => text.slice(0, text.indexOf('x')))).toEqual(
      Array.from({ length: 80 }, (_, at) => `record ${at}`),
    );
  });
});

describe('a log with a bit turned over', () => {
  it('refuses to open once it was closed, wherever the bit lies', async () => {
    const words = Array.from({ length: 6 }, (_, at) => `record ${at}`);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: words.length - 1 }), fc.nat({ max: 16 * 8 - 1 }), async (at, bit) => {
        const place = await mkdtemp(join(directory, 'run-'));
        const log = await openLog({ directory: place, fileSystem, segmentBytes: 40 });
        const positions = words.map((word) => log.append(Buffer.from(word)));
        await log.close();
        const { segment, offset } = positions[at]!;
        fileSystem.flipBit(join(place, `${String(segment).padStart(10, '0')}.log`), (offset - 8) * 8 + bit);
        const texts: string[] = [];
        const opening = openLog({ directory: place, replay: (payload) => texts.push(Buffer.from(payload).toString()) });
        await expect(opening).rejects.toMatchObject({ code: 'corrupt' });
        expect(texts).toEqual(words.slice(0, at));
      }),
    );
  });
});

describe('a log whose power is cut', () => {
  it('keeps every acknowledged record, and nothing but a prefix of what was appended', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('append' as const), bytes: fc.integer({ min: 1, max: 60 }) }),
      },
      { weight: 2, arbitrary: fc.constant({ kind: 'commit' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'turn' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'roll' as const }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('cut' as const), keep: fc.double({ min: 0, max: 1, noNaN: true }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const place = await mkdtemp(join(directory, 'run-'));
        let appended: string[] = [];
        let acknowledged = 0;
        const open = async (): Promise<Log> => {
          const found: string[] = [];
          const log = await openLog({
            directory: place,
            fileSystem,
            segmentBytes: 100,
            replay: (payload) => found.push(Buffer.from(payload).toString()),
          });
          expect(found).toEqual(appended.slice(0, found.length));
          expect(found.length).toBeGreaterThanOrEqual(acknowledged);
          appended = found;
          acknowledged = found.length;
          return log;
        };
        let log = await open();
        for (const [at, action] of steps.entries()) {
          if (action.kind === 'append') {
            const text = `${at}:`.padEnd(action.bytes, '.');
            log.append(Buffer.from(text));
            appended.push(text);
          } else if (action.kind === 'commit') {
            const count = appended.length;
            await log.commit();
            acknowledged = count;
          } else if (action.kind === 'turn') {
            void log.commit().catch(() => {});
            await new Promise((resolve) => setImmediate(resolve));
          } else if (action.kind === 'roll') {
            log.roll();
          } else {
            fileSystem.cutPower((unsynced) => Math.floor(unsynced * action.keep));
            await log.close().catch(() => {});
            log = await open();
          }
        }
        await log.close();
        acknowledged = appended.length;
        await (await open()).close();
        await rm(place, { recursive: true });
      }),
      { numRuns: 150 },
    );
  });

  it('loses unsynced records under a disk that lies about syncs, and opens all the same', async () => {
    const log = await openLog({ directory, fileSystem });
    log.append(numbered(1));
    await log.sync();
    fileSystem.faults.loseSyncs = true;
    log.append(numbered(2));
    await log.sync();
    fileSystem.cutPower((unsynced) => unsynced - 1);
    expect(await replayed()).toEqual(['record 1']);
    expect(await readdir(directory)).toHaveLength(1);
  });
});
