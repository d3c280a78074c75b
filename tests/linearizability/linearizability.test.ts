import { expect, it } from 'vitest';
import { startDatabase } from '../support/database.ts';
import { randomNumbers } from '../support/random.ts';
import { isLinearizable } from './check-history.ts';
import { Clients, createIndex } from './clients.ts';

const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const IDS = ['a', 'b', 'c', 'd'];
const CLIENTS = 6;
const OPERATIONS = 1000;

it(`documents are registers to concurrent clients, and searches show every acknowledged write (seed ${seed})`, async () => {
  console.log(`DAYBOOK_TEST_SEED=${seed}`);
  const database = await startDatabase('--database-checkpoint-writes', '100');
  try {
    await createIndex(database.url);
    const clients = new Clients(IDS, randomNumbers(seed));
    await clients.work(database.url, CLIENTS, () => clients.events.length >= OPERATIONS);
    expect(clients.searches).toBeGreaterThan(20);
    for (const id of IDS) {
      const events = clients.events.filter((event) => event.id === id);
      expect(events.some(({ outcome }) => outcome.type === 'conflict')).toBe(true);
      expect([id, isLinearizable(events)]).toEqual([id, true]);
    }
  } finally {
    await database.stop();
  }
});
