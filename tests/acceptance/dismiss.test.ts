import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, jobDocument, submit } from '../support/wps-t.ts';

const { ades, database, dataDir } = sharedDaybook();

/** Command lines of all processes of this machine. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      } catch {
        return '';
      }
    });
}

describe('a running job', () => {
  it('is dismissed: its programs end, its directory goes, and its document says so', async () => {
    const process = await deployExample(ades, 'sleep/sleep.cwl');
    const seconds = 3000 + Math.round(Math.random() * 1e6) / 1000;
    const id = await submit(ades, process, { seconds });
    const isRunning = (): boolean => commandLines().includes(`sleep ${seconds}`);
    const hasDirectory = (): boolean => readdirSync(join(dataDir, 'work/jobs')).some((name) => name.startsWith(id));
    await eventually('the job to run', async () => isRunning() || undefined);
    expect(hasDirectory()).toBe(true);

    const answer = await call('DELETE', `${ades}/processes/${process}/jobs/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.body.statusInfo).toMatchObject({
      jobID: id,
      procID: expect.any(String),
      status: 'dismissed',
      inputs: { seconds },
    });

    expect(await jobDocument(database, id)).toMatchObject({ status: 'dismissed', state: 'dismissed', final: true });
    await eventually('its programs to end', async () => !isRunning() || undefined, 10);
    await eventually('its directory to go', async () => !hasDirectory() || undefined, 10);
    expect((await call('GET', `${ades}/jobs/${id}`)).body.status).toBe('dismissed');
    expect((await jobDocument(database, id)).status).toBe('dismissed');
  });
});
