import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';
import type { LogOptions, LogPosition } from './log.ts';
import { openLog } from './open-log.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-log-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function replayAll(options: Partial<LogOptions> = {}): Promise<{ texts: string[]; positions: LogPosition[] }> {
  const texts: string[] = [];
  const positions: LogPosition[] = [];
  const log = await openLog({
    directory,
    ...options,
    replay: (payload, position) => {
      texts.push(Buffer.from(payload).toString());
      positions.push(position);
    },
  });
  await log.close();
  return { texts, positions };
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const file = (segment: number) => join(directory, `${String(segment).padStart(10, '0')}.log`);

describe('a log', () => {
  it('replays what was committed, in order and at the positions that append gave', async () => {
    const log = await openLog({ directory });
    const positions = ['one', 'two', 'three'].map((word) => log.append(Buffer.from(word)));
    await log.commit();
    await log.close();
    expect(await replayAll()).toEqual({ texts: ['one', 'two', 'three'], positions });
  });

  it('joins the parts of a record', async () => {
    const log = await openLog({ directory });
    const position = log.append([Buffer.from('ab'), Buffer.from(''), Buffer.from('cde')]);
    expect(text(log.read(position, 5))).toBe('abcde');
    await log.close();
    expect((await replayAll()).texts).toEqual(['abcde']);
  });

  it('reads a record before and after it reached the disk, and parts of it', async () => {
    const log = await openLog({ directory });
    const position = log.append(Buffer.from('hello world'));
    const middle = { segment: position.segment, offset: position.offset + 6 };
    expect(text(log.read(middle, 5))).toBe('world');
    await log.commit();
    expect(text(log.read(middle, 5))).toBe('world');
    expect(() => log.read(position, 100)).toThrow(/has no 100 bytes/);
    await log.close();
  });

  it('keeps what the caller appended, not what the caller makes of the buffer later', async () => {
    const log = await openLog({ directory });
    const payload = Buffer.from('before');
    const position = log.append(payload);
    payload.write('AFTER!');
    expect(text(log.read(position, 6))).toBe('before');
    await log.close();
  });

  it('refuses an empty record', async () => {
    const log = await openLog({ directory });
    expect(() => log.append([])).toThrow(/1 to/);
    await log.close();
  });

  it('ends segments at their size and reads from all of them', async () => {
    const log = await openLog({ directory, segmentBytes: 64 });
    const words = Array.from({ length: 50 }, (_, at) => `record number ${at}`);
    const positions = words.map((word) => log.append(Buffer.from(word)));
    expect(log.segments().length).toBeGreaterThan(10);
    for (const [at, position] of positions.entries())
      expect(text(log.read(position, words[at]!.length))).toBe(words[at]);
    await log.commit();
    expect(log.segments().length).toBe((await readdir(directory)).length);
    for (const [at, position] of positions.entries())
      expect(text(log.read(position, words[at]!.length))).toBe(words[at]);
    await log.close();
    expect(await replayAll()).toEqual({ texts: words, positions });
  });

  it('replays from an end that it named, over a roll', async () => {
    const log = await openLog({ directory });
    log.append(Buffer.from('old'));
    const first = log.end();
    log.append(Buffer.from('between'));
    log.roll();
    const second = log.end();
    await log.sync();
    log.append(Buffer.from('new'));
    await log.close();
    expect((await replayAll({ from: first })).texts).toEqual(['between', 'new']);
    expect((await replayAll({ from: second })).texts).toEqual(['new']);
  });

  it('refuses to replay from a position that it does not hold', async () => {
    const log = await openLog({ directory });
    log.append(Buffer.from('x'));
    await log.close();
    await expect(openLog({ directory, from: { segment: 1, offset: 1000 } })).rejects.toMatchObject({ code: 'corrupt' });
    await expect(openLog({ directory, from: { segment: 2, offset: 16 } })).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('removes a segment that is not the newest, and no other', async () => {
    const log = await openLog({ directory });
    log.append(Buffer.from('first'));
    log.roll();
    log.append(Buffer.from('second'));
    await log.removeSegment(1);
    await expect(log.removeSegment(1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(log.removeSegment(2)).rejects.toMatchObject({ code: 'invalid-argument' });
    await log.close();
    expect((await replayAll()).texts).toEqual(['second']);
  });

  it('goes on in the newest segment after it is opened again', async () => {
    for (const word of ['a', 'b', 'c']) {
      const log = await openLog({ directory });
      log.append(Buffer.from(word));
      await log.close();
    }
    expect((await replayAll()).texts).toEqual(['a', 'b', 'c']);
    expect(await readdir(directory)).toHaveLength(1);
  });

  it('takes no record once it is closed', async () => {
    const log = await openLog({ directory });
    await log.close();
    expect(() => log.append(Buffer.from('x'))).toThrow(/closed/);
  });

  it('puts a record on disk that nobody commits', async () => {
    const log = await openLog({ directory, durability: 'async' });
    log.append(Buffer.from('lazy'));
    await log.commit();
    await expect.poll(() => readFile(file(1), 'latin1')).toContain('lazy');
    await log.close();
  });
});

describe('room behind the records', () => {
  const isZero = (bytes: Buffer) => bytes.every((byte) => byte === 0);

  it('is made by one commit for many, and is gone where a segment ended and when the log is closed', async () => {
    const log = await openLog({ directory });
    const sizes = new Set<number>();
    for (let at = 0; at < 100; at++) {
      log.append(Buffer.from('a record'));
      await log.commit();
      const bytes = await readFile(file(1));
      sizes.add(bytes.length);
      const { offset } = log.end();
      expect(isZero(bytes.subarray(offset - 8, offset))).toBe(false);
      expect(isZero(bytes.subarray(offset))).toBe(true);
    }
    expect(sizes.size).toBe(1);
    log.roll();
    log.append(Buffer.from('another'));
    await log.commit();
    expect((await readFile(file(1))).length).toBe(log.segments()[0]!.bytes);
    await log.close();
    expect(text((await readFile(file(2))).subarray(24, 31))).toBe('another');
    expect(isZero((await readFile(file(2))).subarray(-1))).toBe(false);
    expect((await replayAll()).texts).toHaveLength(101);
  });

  it('is not made behind long records', async () => {
    const log = await openLog({ directory });
    log.append(Buffer.alloc(1 << 20, 'x'));
    await log.commit();
    expect((await readFile(file(1))).length).toBe(log.end().offset);
    await log.close();
  });
});

describe('recovery', () => {
  async function writeWords(words: readonly string[], segmentBytes = 1 << 20): Promise<LogPosition[]> {
    const log = await openLog({ directory, segmentBytes });
    const positions = words.map((word) => log.append(Buffer.from(word)));
    await log.close();
    return positions;
  }

  it('cuts off every possible torn tail at the last whole record, and appends after it', async () => {
    await writeWords(['alpha', 'beta', 'gamma']);
    const ends = [16, 16 + 13, 16 + 13 + 12];
    // Without the mark of its closing, as a killed process leaves it.
    const whole = (await readFile(file(1))).subarray(0, 16 + 13 + 12 + 13);
    for (let bytes = 0; bytes < whole.length; bytes++) {
      await writeFile(file(1), whole.subarray(0, bytes));
      const torn: number[] = [];
      const log = await openLog({ directory, onTornTail: (_, count) => torn.push(count) });
      log.append(Buffer.from('delta'));
      await log.close();
      const kept = ends.filter((end) => end <= bytes).length - 1;
      expect((await replayAll()).texts).toEqual([...['alpha', 'beta', 'gamma'].slice(0, Math.max(kept, 0)), 'delta']);
      const end = ends.filter((end) => end <= bytes).at(-1) ?? 0;
      const tail = whole.subarray(end, bytes);
      const tornBytes = end === 0 ? bytes : tail.findLastIndex((byte) => byte !== 0) + 1;
      expect(torn).toEqual(tornBytes === 0 ? [] : [tornBytes]);
    }
  });

  it('cuts off a tail of zeros, which is not torn', async () => {
    await writeWords(['alpha']);
    const whole = await readFile(file(1));
    await writeFile(file(1), Buffer.concat([whole, Buffer.alloc(100)]));
    const onTornTail = () => expect.unreachable('it was told of a torn tail');
    expect((await replayAll({ onTornTail })).texts).toEqual(['alpha']);
    expect(await readFile(file(1))).toEqual(whole);
  });

  it('tells of a torn tail behind zeros', async () => {
    await writeWords(['alpha']);
    const whole = await readFile(file(1));
    await writeFile(file(1), Buffer.concat([whole, Buffer.alloc(100), Buffer.from('beta'), Buffer.alloc(100)]));
    const torn: number[] = [];
    expect((await replayAll({ onTornTail: (_, bytes) => torn.push(bytes) })).texts).toEqual(['alpha']);
    // Without the zeros at the end, of which nobody has written any.
    expect(torn).toEqual([104]);
    expect(await readFile(file(1))).toEqual(whole);
  });

  it('cuts off at a record with a changed byte, if nothing says that it was on disk', async () => {
    const positions = await writeWords(['alpha', 'beta', 'gamma']);
    const bytes = (await readFile(file(1))).subarray(0, 16 + 13 + 12 + 13);
    bytes[positions[1]!.offset]! ^= 1;
    await writeFile(file(1), bytes);
    expect((await replayAll()).texts).toEqual(['alpha']);
  });

  it('refuses to open, and changes nothing, when what was on disk before a later commit is damaged', async () => {
    const log = await openLog({ directory });
    const position = log.append(Buffer.from('alpha'));
    await log.commit();
    log.append(Buffer.from('beta'));
    await log.commit();
    const bytes = await readFile(file(1));
    await log.close();
    for (const at of [-8, -4, 0, 4]) {
      const damaged = Buffer.from(bytes);
      damaged[position.offset + at]! ^= 0x40;
      await writeFile(file(1), damaged);
      await expect(openLog({ directory })).rejects.toThrow(
        /0000000001\.log is damaged: it holds no intact record at byte 16/,
      );
      expect(await readFile(file(1))).toEqual(damaged);
    }
  });

  it('goes on in a new segment behind one of the format without marks', async () => {
    await writeWords(['alpha']);
    const header = Buffer.from('44424c47010000000100000000000000', 'hex');
    header.writeUInt32LE(crc32c(header.subarray(0, 12)), 12);
    const old = Buffer.concat([header, (await readFile(file(1))).subarray(16, 16 + 13)]);
    await writeFile(file(1), old);
    await writeWords(['beta']);
    expect(await readFile(file(1))).toEqual(old);
    expect((await replayAll()).texts).toEqual(['alpha', 'beta']);
  });

  it('refuses to open when a segment before the newest is damaged', async () => {
    await writeWords(['alpha', 'beta', 'gamma'], 20);
    await truncate(file(1), 20);
    await expect(openLog({ directory })).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('refuses a newest segment with the header of another file or of another version', async () => {
    await writeWords(['alpha']);
    const whole = await readFile(file(1));
    await writeFile(file(1), 'this is a text file of somebody else');
    await expect(openLog({ directory })).rejects.toMatchObject({ code: 'corrupt' });
    whole[4] = 9;
    await writeFile(file(1), whole);
    await expect(openLog({ directory })).rejects.toMatchObject({ code: 'corrupt' });
  });
});
