import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../support/database.ts';
import { randomNumbers } from '../support/random.ts';
import { call } from '../support/wps-t.ts';

const ROUNDS = Number(process.env.DAYBOOK_TEST_ROUNDS ?? 20);
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const INDEX = 'kept';
const MAX_BULK_DOCS = 1000;
const BULK_WRITERS = 2;
const SINGLE_WRITERS = 6;
const BULK_IDS = 2000;
const PADDING = 'x'.repeat(4000);
/** So few that nearly every bulk is followed by a checkpoint and a compaction, which the kills fall into. */
const FLAGS = ['--database-checkpoint-writes', '100', '--database-segment-mib', '1'];
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-database-kill-loop-'));
let database: Database | undefined;

afterAll(async () => {
  await database?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What is known of one document: what was acknowledged last, and what was sent behind it without an answer. */
interface Known {
  /** Undefined when there is none. */
  acknowledged: number | undefined;
  possible: (number | undefined)[];
}

describe(`kill -9 of the database under load, ${ROUNDS} times (seed ${seed})`, () => {
  it('loses no acknowledged write', async () => {
    console.log(`DAYBOOK_TEST_SEED=${seed}`);
    const random = randomNumbers(seed);
    const known = new Map<string, Known>();
    const counts = { bulks: 0, singles: 0, flushes: 0, unanswered: 0, killsInCheckpoints: 0 };
    database = await openDatabase(dataDir, ...FLAGS);
    await call('PUT', `${database.url}/${INDEX}`, { mappings: { properties: { value: { type: 'long' } } } });
    let next = 1;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { url } = database;
      const writers = [
        ...Array.from({ length: BULK_WRITERS }, (_, writer) => until(() => bulk(url, writer))),
        ...Array.from({ length: SINGLE_WRITERS }, (_, writer) => until(() => single(url, writer))),
        until(() => flush(url)),
      ];
      await delay(500 + random() * 3000);
      // A third of the kills come at any moment, a third in a checkpoint, and a third in the compaction behind one.
      const aim = random() * 3;
      if (aim > 1) await reach(() => hasUnfinishedCheckpoint());
      if (aim > 2) {
        await reach(() => !hasUnfinishedCheckpoint());
        await delay(random() * 30);
      }
      await database.kill();
      await Promise.all(writers);
      if (hasUnfinishedCheckpoint()) counts.killsInCheckpoints += 1;
      database = await openDatabase(dataDir, ...FLAGS);
      await check(database.url, known);
    }
    const segments = readdirSync(join(dataDir, 'database/translog')).sort();
    console.log(
      `${ROUNDS} kills, ${known.size} documents, ${JSON.stringify(counts)}, ${segments.length} segments at the end`,
    );
    expect(segments[0], 'the oldest segments have been compacted').not.toBe('0000000001.log');
    expect(counts.killsInCheckpoints).toBeGreaterThan(0);

    /** Repeats until the server is gone. */
    async function until(write: () => Promise<boolean>): Promise<void> {
      while (await write());
      counts.unanswered += 1;
    }

    /** Each writer has ids of its own, so that the order of its writes is that of the server. */
    async function bulk(url: string, writer: number): Promise<boolean> {
      const from = Math.floor(random() * BULK_IDS);
      const length = 1 + Math.floor(random() * MAX_BULK_DOCS);
      const changes = Array.from({ length }, (_, at) => ({
        id: `b${writer}-${(from + at) % BULK_IDS}`,
        value: next++,
      }));
      const lines = changes.map(
        ({ id, value }) => `{"index":{"_id":"${id}"}}\n{"value":${value},"padding":"${PADDING}"}\n`,
      );
      for (const { id, value } of changes) about(id).possible.push(value);
      const answer = await post(`${url}/${INDEX}/_bulk`, lines.join(''));
      if (answer === undefined) return false;
      if (answer.errors !== false) throw new Error(`bulk: ${JSON.stringify(answer).slice(0, 500)}`);
      for (const { id, value } of changes) acknowledge(id, value);
      counts.bulks += 1;
      return true;
    }

    async function single(url: string, writer: number): Promise<boolean> {
      const id = `s${writer}-${Math.floor(random() * 20)}`;
      const isDeletion = random() < 0.25;
      const isUpdate = !isDeletion && random() < 0.5;
      const value = isDeletion ? undefined : next++;
      about(id).possible.push(value);
      const path = `${url}/${INDEX}/${isUpdate ? '_update' : '_doc'}/${id}`;
      const body = isUpdate ? { doc: { value }, doc_as_upsert: true } : isDeletion ? undefined : { value };
      try {
        const { status } = await call(isDeletion ? 'DELETE' : 'POST', path, body);
        if (status > 201 && !(isDeletion && status === 404)) throw new Error(`${path} was answered with ${status}`);
      } catch (error) {
        if (error instanceof TypeError) return false;
        throw error;
      }
      acknowledge(id, value);
      counts.singles += 1;
      return true;
    }

    async function flush(url: string): Promise<boolean> {
      await delay(random() * 800);
      const done = await post(`${url}/_flush`, '');
      counts.flushes += done === undefined ? 0 : 1;
      return done !== undefined;
    }

    function about(id: string): Known {
      const found = known.get(id) ?? { acknowledged: undefined, possible: [] };
      known.set(id, found);
      return found;
    }

    function acknowledge(id: string, value: number | undefined): void {
      known.set(id, { acknowledged: value, possible: [] });
    }
  });
});

/** Waits for a moment of the database that does not last; some seconds at most, since it may be missed. */
async function reach(moment: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!moment() && Date.now() < deadline) await delay(2);
}

/** Whether there is, or a killed process has left, a part of a checkpoint: of a commit point, or a file that the commit point does not name. */
function hasUnfinishedCheckpoint(): boolean {
  const directory = join(dataDir, 'database');
  const files = readdirSync(directory, { recursive: true }) as string[];
  if (files.some((name) => name.startsWith('commit-point.json.'))) return true;
  if (!files.includes('commit-point.json')) return false;
  const { checkpoints } = JSON.parse(readFileSync(join(directory, 'commit-point.json'), 'utf8'));
  const named = Object.entries(checkpoints).map(([uuid, generation]) => `indices/${uuid}/${generation}.checkpoint`);
  return files.some((name) => name.endsWith('.checkpoint') && !named.includes(name));
}

/** Every document is as it was acknowledged last, or as it was sent behind that; what is found counts as acknowledged from now on. */
async function check(url: string, known: Map<string, Known>): Promise<void> {
  const ids = [...known.keys()];
  for (let at = 0; at < ids.length; at += 1000) {
    const page = ids.slice(at, at + 1000);
    const { body } = await call('POST', `${url}/${INDEX}/_mget?_source=value`, { ids: page });
    for (const { _id, found, _source } of body.docs) {
      const { acknowledged, possible } = known.get(_id)!;
      const value = found ? _source.value : undefined;
      if (value !== acknowledged && !possible.includes(value)) {
        throw new Error(`${_id} is ${value}; expected ${acknowledged}, or one of [${possible}] without an answer`);
      }
      known.set(_id, { acknowledged: value, possible: [] });
    }
  }
  const there = [...known.values()].filter(({ acknowledged }) => acknowledged !== undefined).length;
  const { body } = await call('GET', `${url}/${INDEX}/_count`);
  expect(body.count).toBe(there);
}

/** Undefined when the server is gone. */
async function post(url: string, body: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
    return answer;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
