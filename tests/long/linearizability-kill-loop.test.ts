import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isLinearizable } from '../linearizability/check-history.ts';
import { Clients, createIndex } from '../linearizability/clients.ts';
import type { Event } from '../linearizability/history.ts';
import { ABSENT, type Register } from '../linearizability/register.ts';
import { type Database, openDatabase } from '../support/database.ts';
import { randomNumbers } from '../support/random.ts';

const ROUNDS = Number(process.env.DAYBOOK_TEST_ROUNDS ?? 20);
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const IDS = ['a', 'b', 'c', 'd', 'e'];
const CLIENTS = 8;
/** So few that kills fall into checkpoints and compactions. */
const FLAGS = ['--database-checkpoint-writes', '100', '--database-segment-mib', '1'];
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-registers-'));
let database: Database | undefined;

afterAll(async () => {
  await database?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

it(`documents are registers to concurrent clients over ${ROUNDS} kills (seed ${seed})`, async () => {
  console.log(`DAYBOOK_TEST_SEED=${seed}`);
  const random = randomNumbers(seed);
  const states = new Map<string, Register>(IDS.map((id) => [id, ABSENT]));
  let operations = 0;
  let unanswered = 0;
  let searches = 0;
  database = await openDatabase(dataDir, ...FLAGS);
  await createIndex(database.url);
  for (let round = 0; round < ROUNDS; round += 1) {
    const clients = new Clients(IDS, random, states);
    const killAfter = Math.floor(random() * 600);
    const { kill } = database;
    let killed: Promise<void> | undefined;
    await clients.work(database.url, CLIENTS, () => {
      if (clients.events.length >= killAfter) killed ??= kill();
      return false;
    });
    await killed;
    database = await openDatabase(dataDir, ...FLAGS);
    const beforeKill = clients.events.length;
    await clients.readAll(database.url);
    operations += clients.events.length;
    searches += clients.searches;
    unanswered += clients.events.filter(({ outcome }) => outcome.type === 'unknown').length;
    for (const id of IDS) {
      const isOfId = (event: Event) => event.id === id;
      const lived = clients.events.slice(0, beforeKill).filter(isOfId);
      const events = clients.events.filter(isOfId);
      const start = states.get(id);
      expect([round, id, isLinearizable(lived, start)]).toEqual([round, id, true]);
      // A write that was seen before it was acknowledged may be lost with the process, as in Elasticsearch: what was only looked at counts no more.
      const kept = events.filter(
        ({ outcome }, at) => at >= lived.length || ['written', 'unknown'].includes(outcome.type),
      );
      expect([round, id, isLinearizable(kept, start)]).toEqual([round, id, true]);
      const last = events.at(-1)!.outcome;
      // What the kill has left is known now, and no operation of this round can change it any more.
      states.set(id, last.type === 'found' ? { value: last.value, seqNo: last.seqNo } : ABSENT);
    }
  }
  console.log(`${ROUNDS} kills, ${operations} operations (${unanswered} without an answer), ${searches} searches`);
});
