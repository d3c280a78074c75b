import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { commandLines, filesWith } from '../support/search-files.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, type Json, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

/** Where a secret was found that must be nowhere. */
const leaks: string[] = [];
let daybook: Daybook;
let dataDir: string;
let process: string;

const flags = ['--secret-inputs', '*_key', '--log-level', 'debug', '--lease-seconds', '4'];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'daybook-secrets-'));
  daybook = await startOnTarget({ dataDir, flags });
  process = await deployExample(daybook.ades, 'secrets/workflow.cwl');
});
afterAll(async () => {
  await daybook.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The inputs of a job: two secrets, and one value by which the searches show that they find something. */
function plant() {
  const word = (name: string): string => `${name}-${randomBytes(12).toString('hex')}`;
  return { token: word('token'), station_key: word('key'), station: word('station') };
}
type Planted = ReturnType<typeof plant>;

const isToolOf =
  ({ station }: Planted) =>
  (line: string): boolean =>
    line.includes(`sign.sh ${station}`);
const secretsOf = ({ token, station_key }: Planted): readonly string[] => [token, station_key];
const search = async (index: string, id: string): Promise<string> => {
  await call('POST', `${daybook.database}/${index}/_refresh`);
  return JSON.stringify((await call('GET', `${daybook.database}/${index}/_search?size=1000&q=id:%22${id}%22`)).body);
};

/** The verdict of a job, while the arguments of all processes are looked at. */
async function watched(id: string, planted: Planted): Promise<{ document: Json; sawTheTool: boolean }> {
  let sawTheTool = false;
  const document = await eventually(
    `a verdict of job ${id}`,
    async () => {
      for (const line of commandLines()) {
        sawTheTool ||= isToolOf(planted)(line);
        for (const secret of secretsOf(planted)) if (line.includes(secret)) leaks.push(`arguments: ${line}`);
      }
      const found = await jobDocument(daybook.database, id);
      return found?.final === true ? found : undefined;
    },
    60,
  );
  return { document, sawTheTool };
}

async function expectNowhere(id: string, planted: Planted): Promise<void> {
  const { ades, database } = daybook;
  const answers = [`${ades}/jobs/${id}`, `${ades}/jobs/${id}/results`, `${ades}/processes/${process}/jobs`];
  const texts = new Map<string, string>([
    ['log', daybook.output()],
    ['jobs', await search('jobs', id)],
    ['job-updates', await search('job-updates', id)],
    ['document', JSON.stringify((await call('GET', `${database}/jobs/_doc/${id}`)).body)],
    ...(await Promise.all(answers.map(async (url) => [url, JSON.stringify((await call('GET', url)).body)] as const))),
  ]);
  for (const name of ['jobs', 'job-updates', 'document']) expect(texts.get(name)).toContain(planted.station);
  for (const secret of secretsOf(planted)) {
    for (const [name, text] of texts) expect(text.includes(secret), `${name} shows ${secret}`).toBe(false);
    // The directory of the job is removed right after its verdict.
    await eventually(`no file with ${secret}`, async () => filesWith(dataDir, secret).length === 0 || undefined, 10);
  }
  if (inject('target').engine === 'embedded') expect(filesWith(dataDir, planted.station)).not.toEqual([]);
  expect(leaks).toEqual([]);
}

const signature = ({ token, station_key }: Planted): string =>
  createHash('sha256').update(`${token}${station_key}`).digest('hex');

describe('the secrets of a job', () => {
  it('reach its tool and nobody else', async () => {
    const planted = plant();
    const id = await submit(daybook.ades, process, planted);
    const { document, sawTheTool } = await watched(id, planted);
    expect(document.status, document.error).toBe('succeeded');
    expect(sawTheTool).toBe(true);
    expect((await call('GET', document.outputs.signature)).body.trim()).toBe(signature(planted));
    expect(document.inputs).toEqual({ token: '***', station_key: '***', station: planted.station });
    const told = (await call('GET', document.outputs.inputs_as_told)).body;
    expect(typeof told === 'string' ? JSON.parse(told) : told).toEqual(document.inputs);
    expect(document.merge.secrets).toBeUndefined();
    await expectNowhere(id, planted);
  });

  it('reach it from an OGC request too, which may be sent again', async () => {
    const planted = plant();
    const execute = (inputs: Planted) =>
      call(
        'POST',
        `${daybook.ades}/processes/${process}/execution`,
        { inputs, response: 'document' },
        { prefer: 'respond-async', 'idempotency-key': planted.station },
      );
    const [first, again] = [await execute(planted), await execute(planted)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.jobID).toBe(first.body.jobID);
    const other = await execute({ ...planted, token: 'another' });
    expect(other.status).toBe(422);
    const { document } = await watched(first.body.jobID, planted);
    expect((await call('GET', document.outputs.signature)).body.trim()).toBe(signature(planted));
    await expectNowhere(first.body.jobID, planted);
  });

  it('are masked in what is kept of a tool that prints them', async () => {
    const planted = plant();
    const id = await submit(daybook.ades, process, { ...planted, reveal: true });
    const document = await verdictOf(daybook.database, id);
    expect(document).toMatchObject({ status: 'failed', 'exit-code': 3, 'failed-step': 'sign' });
    expect(document.error).toContain('the token is ***, the key is ***');
    await expectNowhere(id, planted);
  });

  it('are on no disk while it runs, and reach its next attempt when everything is killed', async () => {
    const planted = plant();
    const id = await submit(daybook.ades, process, planted);
    await eventually('the tool', async () => commandLines().some(isToolOf(planted)) || undefined);
    expect((await jobDocument(daybook.database, id)).merge.secrets.value).toEqual({
      token: expect.stringMatching(/^v1\./),
      station_key: expect.stringMatching(/^v1\./),
    });
    await daybook.kill();
    for (const secret of secretsOf(planted)) expect(filesWith(dataDir, secret)).toEqual([]);
    daybook = await startOnTarget({ dataDir, flags });
    const { document } = await watched(id, planted);
    expect(document, document.error).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect((await call('GET', document.outputs.signature)).body.trim()).toBe(signature(planted));
    await expectNowhere(id, planted);
  });

  it('must be texts', async () => {
    const inputs = { token: { word: 'swordfish' } };
    const answer = await call('POST', `${daybook.ades}/processes/${process}/execution`, { inputs });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(/^input "token": expected a string/);
    expect(JSON.stringify(answer.body)).not.toContain('swordfish');
  });

  it('are sealed under a key that its owner alone can read', () => {
    expect(statSync(join(dataDir, 'secret-keys')).mode & 0o777).toBe(0o600);
  });
});
