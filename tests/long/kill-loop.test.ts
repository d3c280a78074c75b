import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { randomNumbers } from '../support/random.ts';
import { deployExample, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

const ROUNDS = Number(process.env.DAYBOOK_TEST_ROUNDS ?? 20);
const JOBS_PER_ROUND = 20;
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const flags = ['--lease-seconds', '3', '--slots', '3', '--max-attempts', '50'];
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-kill-loop-'));
let daybook: Daybook | undefined;

afterAll(async () => {
  await daybook?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe(`kill -9 of the whole process tree, ${ROUNDS} times, while jobs are submitted and run (seed ${seed})`, () => {
  it('leaves every accepted job with its one verdict, and nothing of it behind', async () => {
    console.log(`DAYBOOK_TEST_SEED=${seed}`);
    const random = randomNumbers(seed);
    const expected = new Map<string, string>();
    const verdicts = new Map<string, string>();
    daybook = await startOnTarget({ dataDir, flags });
    const sleep = await deployExample(daybook.ades, 'sleep/sleep.cwl');
    const fails = await deployExample(daybook.ades, 'fails-in-step-two/workflow.cwl');

    for (let round = 0; round < ROUNDS; round += 1) {
      const { ades, database } = daybook;
      const submissions = Array.from({ length: JOBS_PER_ROUND }, async () => {
        const failing = random() < 0.3;
        const inputs = failing ? {} : { seconds: Math.round(random() * 100) / 100 };
        try {
          expected.set(
            await submit(ades, failing ? fails : sleep, inputs, [`round-${round}`]),
            failing ? 'failed' : 'succeeded',
          );
        } catch {
          // A submission without an answer may or may not have become a job.
        }
      });
      await delay(random() * 3000);
      const seen = await Promise.allSettled([...expected.keys()].map((id) => jobDocument(database, id)));
      await daybook.kill();
      await Promise.all(submissions);
      for (const each of seen) {
        if (each.status === 'fulfilled' && each.value?.final) verdicts.set(each.value.id, each.value.status);
      }
      daybook = await startOnTarget({ dataDir, flags });
    }
    for (const [id, status] of expected) {
      const document = await verdictOf(daybook.database, id, 300);
      expect([id, document.status]).toEqual([id, status]);
      if (verdicts.has(id)) expect(verdicts.get(id)).toBe(status);
    }
    await daybook.stop();
    daybook = undefined;
    expect(readdirSync(join(dataDir, 'work/jobs'))).toEqual([]);
    console.log(`${ROUNDS} kills, ${expected.size} accepted jobs, ${expected.size} verdicts`);
  });
});
