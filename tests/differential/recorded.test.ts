import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { differenceOf } from './difference.ts';
import { ServerIndex } from './server.ts';
import { readSession, sessionNames } from './session-file.ts';

let database: Database;

beforeAll(async () => {
  database = await startDatabase();
});

afterAll(() => database.stop());

describe('sessions that a real Elasticsearch 7.10.2 has answered', () => {
  it.each(sessionNames())('%s is answered here as there', async (name) => {
    const index = new ServerIndex(database.url);
    const differences: unknown[] = [];
    for (const { answer, ...request } of readSession(name)) {
      const difference = differenceOf(request, answer, await index.ask(request));
      if (difference !== undefined) differences.push({ request, ...difference });
    }
    await index.drop();
    expect(differences).toEqual([]);
  });
});
