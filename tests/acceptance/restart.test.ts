import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

const flags = ['--lease-seconds', '4', '--slots', '4'];
let dataDir: string;
let daybook: Daybook | undefined;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'daybook-restart-'));
});
afterAll(async () => {
  await daybook?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('jobs outlive their servers', () => {
  it('when everything is stopped and started in the middle of a job', async () => {
    daybook = await startOnTarget({ dataDir, flags });
    const process = await deployExample(daybook.ades, 'sleep/sleep.cwl');
    const id = await submit(daybook.ades, process, { seconds: 2 }, ['restart']);
    await eventually(
      'the job to run',
      async () => (await jobDocument(daybook?.database as string, id))?.status === 'running' || undefined,
    );
    await daybook.stop();
    daybook = await startOnTarget({ dataDir, flags });
    const document = await verdictOf(daybook.database, id);
    expect(document).toMatchObject({ status: 'succeeded', labels: ['restart'] });
  });

  it('when the whole process tree is killed in the middle of ten jobs: each reaches a verdict, and no acknowledged update is lost', async () => {
    daybook ??= await startOnTarget({ dataDir, flags });
    const sleep = await deployExample(daybook.ades, 'sleep/sleep.cwl');
    const fails = await deployExample(daybook.ades, 'fails-in-step-two/workflow.cwl');
    const expected = new Map<string, string>();
    const add = async (process: string, inputs: Record<string, unknown>, status: string): Promise<void> => {
      expected.set(await submit((daybook as Daybook).ades, process, inputs, ['killed']), status);
    };
    await Promise.all(Array.from({ length: 7 }, (_, n) => add(sleep, { seconds: 0.5 + n / 4 }, 'succeeded')));
    await Promise.all(Array.from({ length: 3 }, () => add(fails, {}, 'failed')));
    const database = daybook.database;
    await eventually('a job to run', async () => {
      const documents = await Promise.all([...expected.keys()].map((id) => jobDocument(database, id)));
      return documents.some((document) => document.status === 'running') || undefined;
    });
    const before = await Promise.all([...expected.keys()].map((id) => jobDocument(database, id)));
    await daybook.kill();

    daybook = await startOnTarget({ dataDir, flags });
    for (const seen of before) {
      const now = await jobDocument(daybook.database, seen.id);
      expect(now).toMatchObject({ id: seen.id, inputs: seen.inputs, labels: ['killed'] });
      if (seen.final) expect(now).toMatchObject({ status: seen.status, outputs: seen.outputs });
    }
    for (const [id, status] of expected) expect((await verdictOf(daybook.database, id)).status).toBe(status);
    expect((await call('GET', `${daybook.ades}/health`)).status).toBe(200);
  });
});
