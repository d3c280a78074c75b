import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isDiskFull } from './disk-full.ts';
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

/** False when the disk is full. */
async function isCommitted(log: Log): Promise<boolean> {
  try {
    await log.commit();
    return true;
  } catch (error) {
    if (isDiskFull(error)) return false;
    throw error;
  }
}

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

  it('refuses records while the disk is full, and goes on where it stopped once there is room', async () => {
    const told: (string | undefined)[] = [];
    const log = await openLog({ directory, fileSystem, onDiskFull: (error) => told.push(error?.message) });
    const kept = log.append(numbered(1));
    await log.commit();
    fileSystem.faults.freeBytes = 5;
    const torn = log.append(numbered(2));
    await expect(log.commit()).rejects.toSatisfy(isDiskFull);
    expect(() => log.append(numbered(3))).toThrow(/the disk is full, nothing is written until there is room: ENOSPC/);
    await expect(log.commit()).rejects.toMatchObject({ code: 'unavailable' });
    expect(Buffer.from(log.read(kept, 8)).toString()).toBe('record 1');
    expect(Buffer.from(log.read(torn, 8)).toString()).toBe('record 2');
    fileSystem.faults.freeBytes = Infinity;
    await expect.poll(() => told.length, { timeout: 5000 }).toBe(2);
    expect(told).toEqual([expect.stringContaining('ENOSPC'), undefined]);
    log.append(numbered(4));
    await log.commit();
    fileSystem.cutPower();
    await log.close().catch(() => undefined);
    expect(await replayed()).toEqual(['record 1', 'record 2', 'record 4']);
  });

  it('goes on when there was no room for the file of the next segment', async () => {
    const told: unknown[] = [];
    const onDiskFull = (error: unknown) => told.push(error);
    const log = await openLog({ directory, fileSystem, segmentBytes: 20, onDiskFull });
    log.append(numbered(1));
    log.append(numbered(2));
    // The first segment's bytes and nothing else.
    fileSystem.faults.freeBytes = log.segments()[0]!.bytes;
    await expect(log.commit()).rejects.toSatisfy(isDiskFull);
    expect(await readdir(directory)).toHaveLength(1);
    fileSystem.faults.freeBytes = Infinity;
    await expect.poll(() => told.length, { timeout: 5000 }).toBe(2);
    await log.close();
    expect(await replayed()).toEqual(['record 1', 'record 2']);
  });

  it('fails for good when a sync fails for want of room', async () => {
    const log = await openLog({ directory, fileSystem });
    fileSystem.faults.failSyncs = 'ENOSPC';
    log.append(numbered(1));
    await expect(log.commit()).rejects.toThrow(/cannot be written any more: ENOSPC/);
    fileSystem.faults.failSyncs = undefined;
    await expect(log.commit()).rejects.not.toSatisfy(isDiskFull);
    await expect(log.close()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('acknowledges nothing after a sync that failed', async () => {
    const log = await openLog({ directory, fileSystem });
    fileSystem.faults.failSyncs = 'EIO';
    log.append(numbered(1));
    await expect(log.commit()).rejects.toMatchObject({ code: 'unavailable' });
    fileSystem.faults.failSyncs = undefined;
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
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('keeps every acknowledged record, and nothing but a prefix of what was appended', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('append' as const), bytes: fc.integer({ min: 1, max: 60 }) }),
      },
      { weight: 2, arbitrary: fc.constant({ kind: 'commit' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'turn' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'roll' as const }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('fill' as const), freeBytes: fc.nat({ max: 150 }) }) },
      { weight: 2, arbitrary: fc.constant({ kind: 'room' as const }) },
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
        let isFull = false;
        const open = async (): Promise<Log> => {
          const found: string[] = [];
          const log = await openLog({
            directory: place,
            fileSystem,
            segmentBytes: 100,
            onDiskFull: (error) => {
              isFull = error !== undefined;
            },
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
            if (isFull) expect(() => log.append(Buffer.from(text))).toThrow(/the disk is full/);
            else {
              log.append(Buffer.from(text));
              appended.push(text);
            }
          } else if (action.kind === 'commit') {
            const count = appended.length;
            if (await isCommitted(log)) acknowledged = count;
          } else if (action.kind === 'fill') fileSystem.faults.freeBytes = action.freeBytes;
          else if (action.kind === 'room') {
            fileSystem.faults.freeBytes = Infinity;
            vi.advanceTimersByTime(1000);
            while (isFull) await new Promise((resolve) => setImmediate(resolve));
          } else if (action.kind === 'turn') {
            void log.commit().catch(() => {});
            await new Promise((resolve) => setImmediate(resolve));
          } else if (action.kind === 'roll') {
            if (!isFull) log.roll();
          } else {
            fileSystem.faults.freeBytes = Infinity;
            isFull = false;
            fileSystem.cutPower((unsynced) => Math.floor(unsynced * action.keep));
            await log.close().catch(() => {});
            log = await open();
          }
        }
        fileSystem.faults.freeBytes = Infinity;
        const isWhole = await log.close().then(
          () => true,
          () => false,
        );
        if (isWhole) acknowledged = appended.length;
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
