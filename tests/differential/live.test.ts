import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import type { Exchange } from './exchange.ts';
import { Pair, type Urls } from './pair.ts';
import { drawSession } from './session.ts';
import { recordSession } from './session-file.ts';
import { type Failure, shrink } from './shrink.ts';

const real = process.env.DAYBOOK_TEST_DATABASE_URL;
const firstSeed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const sessions = Number(process.env.DAYBOOK_TEST_SESSIONS ?? 40);
/** So many of the sessions are kept with the real product's answers. */
const recorded = Number(process.env.DAYBOOK_TEST_RECORD ?? 0);
const SECONDS = Number(process.env.DAYBOOK_TEST_SECONDS ?? 60);
const READS = 40;
const RECORDED_READS = 30;
const maxFailures = Number(process.env.DAYBOOK_TEST_FAILURES ?? 3);

let database: Database;

beforeAll(async () => {
  database = await startDatabase();
});

afterAll(() => database.stop());

describe.runIf(real !== undefined)(`random sessions on both servers, from seed ${firstSeed}`, () => {
  it('are answered alike', async () => {
    const urls = { real: real as string, ours: database.url };
    const deadline = Date.now() + SECONDS * 1000;
    const failures: Failure[] = [];
    let requests = 0;
    let done = 0;
    for (let seed = firstSeed; done < sessions && Date.now() < deadline && failures.length < maxFailures; seed += 1) {
      const session = drawSession(seed, READS);
      const failure = await runSession(session, urls);
      requests += session.length;
      done += 1;
      if (failure === undefined) continue;
      console.log(
        `DAYBOOK_TEST_SEED=${seed}: ${failure.path} of ${JSON.stringify(failure.request)}; looking for a smaller case …`,
      );
      const smaller = await shrink(failure, urls);
      failures.push(smaller);
      await recordSession(`found-${seed}.jsonl`, [...smaller.before, smaller.request], urls.real);
      console.log(`kept as sessions/found-${seed}.jsonl:\n${JSON.stringify(smaller, undefined, 1)}`);
    }
    for (let seed = firstSeed; seed < firstSeed + recorded; seed += 1) {
      await recordSession(`random-${seed}.jsonl`, drawSession(seed, RECORDED_READS), urls.real);
    }
    console.log(
      `${done} sessions, ${requests} requests, ${failures.length} differences (DAYBOOK_TEST_SEED=${firstSeed})`,
    );
    expect(failures).toEqual([]);
  }, 600_000);
});

/** The first request that is answered differently, with the writes before it. */
async function runSession(session: readonly Exchange[], urls: Urls): Promise<Failure | undefined> {
  const pair = new Pair(urls);
  const before: Exchange[] = [];
  try {
    for (const request of session) {
      const difference = await pair.ask(request);
      if (difference !== undefined) return { before, request, path: difference.path };
      if (!isRead(request)) before.push(request);
    }
    return undefined;
  } finally {
    await pair.drop();
  }
}

function isRead({ method, path }: Exchange): boolean {
  return method === 'GET' || /\/_(search|count)$/.test(path);
}
