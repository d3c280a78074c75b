import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { deployExample, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

let dataDir: string;
let daybook: Daybook | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'daybook-shutdown-'));
});
afterEach(async () => {
  await daybook?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a job that runs when its server is told to end (SIGTERM)', () => {
  it.each([
    ['is finished first', 'finish', 1],
    ['is handed back, which does not use up its only attempt', 'hand-back', 2],
  ])('%s, with the setting shutdown=%s', async (_, shutdown, attempts) => {
    const flags = ['--shutdown', shutdown, '--max-attempts', '1'];
    const first = await startOnTarget({ dataDir, flags });
    daybook = first;
    const id = await submit(first.ades, await deployExample(first.ades, 'sleep/sleep.cwl'), { seconds: 3 });
    await eventually(
      'the job to run',
      async () => (await jobDocument(first.database, id))?.status === 'running' || undefined,
    );
    await first.stop();

    daybook = await startOnTarget({ dataDir, flags });
    expect(await verdictOf(daybook.database, id)).toMatchObject({ status: 'succeeded', attempts });
  });
});
