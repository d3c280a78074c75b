import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import {
  call,
  deployExample,
  executeBody,
  type Json,
  jobDocument,
  l1bInputs,
  sceneKelvin,
  submit,
  verdictOf,
} from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const labels = ['re-processing-3', 'release23.3', '08-08-23'];
let l1b: string;
let echo: string;

beforeAll(async () => {
  l1b = await deployExample(ades, 'l1b-cwl/workflow.cwl');
  echo = await deployExample(ades, 'echo/echo.cwl');
});

/** Sends a request byte by byte as it stands, and gives the answer's head and body. */
function raw(request: string): Promise<string> {
  const { hostname, port } = new URL(ades);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end of the answer: ${answer}`)));
  });
}

describe('a job', () => {
  it('is submitted by the request that existing scripts send, over HTTP/1.0 with an empty Expect header', async () => {
    const body = JSON.stringify(executeBody(l1bInputs, labels));
    const answer = await raw(
      `POST /processes/${l1b}/jobs HTTP/1.0\r\nHost: ${new URL(ades).host}\r\nExpect:\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.[01] 201 /);
    const location = /^location: (\S+)\r$/im.exec(answer)?.[1] as string;
    expect(location).toMatch(new RegExp(`^${ades}/processes/${l1b}/jobs/[^/]+$`));
    expect(answer.split('\r\n\r\n')[1]).toBe('{}');
    const id = location.split('/').at(-1) as string;
    expect(await jobDocument(database, id)).toMatchObject({ id, inputs: l1bInputs, labels });
    await verdictOf(database, id);
  });

  it('is at once a document of the jobs database, with every field that users know', async () => {
    const id = await submit(ades, echo, { message: 'at once' }, ['first']);
    const document = await jobDocument(database, id);
    expect(document).toMatchObject({ id, inputs: { message: 'at once' }, labels: ['first'], 'user-id': 'anonymous' });
    expect(['submitted', 'running', 'succeeded']).toContain(document.status);
    expect(Object.values(document)).not.toContain(null);
    const done = await verdictOf(database, id);
    expect(done).toMatchObject({ status: 'succeeded', state: 'successful', progress: 100, attempts: 1 });
    expect(Date.parse(done['start-time'])).toBeGreaterThanOrEqual(Date.parse(done['submit-time']));
    expect(Date.parse(done['stop-time'])).toBeGreaterThanOrEqual(Date.parse(done['start-time']));
  });

  it('computes what its workflow says, and every output has a URL where it can be read', async () => {
    const id = await submit(ades, l1b, l1bInputs, labels);
    const document = await verdictOf(database, id);
    expect(document.error).toBeUndefined();
    expect(document.status).toBe('succeeded');
    expect(Object.keys(document.outputs).sort()).toEqual(['output', 'summary']);
    expect(document.outputs.summary).toMatch(new RegExp(`^${ades}/`));

    const summary = (await call('GET', document.outputs.summary)).body;
    const parsed = typeof summary === 'string' ? JSON.parse(summary) : summary;
    expect(parsed.brightness_temperature_k['1'].scans).toBe(120);

    const table = await call('GET', `${document.outputs.output.replace(/\/$/, '')}/l1b.csv`);
    expect(table.status).toBe(200);
    const rows = String(table.body).trim().split('\n').slice(1);
    expect(rows).toHaveLength(600);
    for (const row of rows) {
      const [time, channel, kelvin] = row.split(',') as [string, string, string];
      expect(Math.abs(Number(kelvin) - sceneKelvin(Number(channel), time))).toBeLessThan(0.05);
    }
  });

  it('shows its status in the WPS-T form and in the OGC form, and its results in both', async () => {
    const id = await submit(ades, echo, { message: 'both forms' });
    await verdictOf(database, id);
    const wpst = await call('GET', `${ades}/processes/${echo}/jobs/${id}`);
    expect(wpst.body).toMatchObject({ jobID: id, status: 'succeeded' });
    const ogc = await call('GET', `${ades}/jobs/${id}`);
    expect(ogc.body).toMatchObject({ jobID: id, status: 'successful', type: 'process', processID: expect.any(String) });
    const result = await call('GET', `${ades}/processes/${echo}/jobs/${id}/result`);
    expect(result.body.outputs).toEqual([
      { id: 'output', mimeType: expect.any(String), href: expect.stringContaining('http') },
    ]);
    expect(String((await call('GET', result.body.outputs[0].href)).body)).toBe('both forms\n');
    const results = await call('GET', `${ades}/jobs/${id}/results`);
    expect(results.status).toBe(200);
    expect(JSON.stringify(results.body)).toContain(result.body.outputs[0].href);
    await eventually('the job in the list of its process', async () => {
      const list = await call('GET', `${ades}/processes/${echo}/jobs`);
      return list.body.jobs.some((job: Json) => job.jobID === id) || undefined;
    });
  });

  it('may be executed in the OGC form', async () => {
    const answer = await call('POST', `${ades}/processes/${echo}/execution`, {
      inputs: { message: 'in the OGC form' },
      labels: ['ogc'],
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ type: 'process', status: expect.stringMatching(/accepted|running/) });
    expect(answer.headers.get('location')).toBe(`${ades}/jobs/${answer.body.jobID}`);
    const document = await verdictOf(database, answer.body.jobID);
    expect(document).toMatchObject({ status: 'succeeded', labels: ['ogc'] });
    const listed = await eventually('the job in the list of its label', async () => {
      const list = await call('GET', `${ades}/jobs?label=ogc&limit=100`);
      return list.body.jobs.find((job: Json) => job.jobID === answer.body.jobID);
    });
    expect(listed).toMatchObject({ status: 'successful', processID: expect.any(String) });
  });

  it('without Update Job steps gets its status from the worker alone', async () => {
    const process = await deployExample(ades, 'no-update-steps/workflow.cwl');
    const id = await submit(ades, process, { text: 'how many words are here' });
    const document = await verdictOf(database, id);
    expect(document).toMatchObject({ status: 'succeeded', results: { count: 5 } });
    expect((await call('GET', document.outputs.count)).body).toBe(5);
    expect(String((await call('GET', document.outputs.report)).body)).toBe('words 5\n');
  });

  it('takes an empty array of labels as none', async () => {
    const id = await submit(ades, echo, { message: 'x' }, []);
    expect((await jobDocument(database, id)).labels).toEqual([]);
  });

  it('keeps the user who submitted it', async () => {
    const answer = await call('POST', `${ades}/processes/${echo}/jobs`, executeBody({ message: 'x' }), {
      'x-user-id': 'lena',
    });
    const id = (answer.headers.get('location') as string).split('/').at(-1) as string;
    expect((await jobDocument(database, id))['user-id']).toBe('lena');
  });
});

describe('an execute request is refused, names what is wrong, and makes no job', () => {
  it.each([
    ['labels that are a text', { labels: 'campaign-3' }, 'labels'],
    ['labels with a number', { labels: ['a', 3] }, 'labels'],
    ['labels that are null', { labels: null }, 'labels'],
    ['a missing input', { inputs: [] }, 'message'],
    [
      'an unknown input',
      {
        inputs: [
          { id: 'message', data: 'x' },
          { id: 'massage', data: 'x' },
        ],
      },
      'massage',
    ],
    ['an input of the wrong type', { inputs: [{ id: 'message', data: { a: 1 } }] }, 'message'],
    ['inputs that are a number', { inputs: 3 }, 'inputs'],
  ])('with %s', async (_what, change, named) => {
    const answer = await call('POST', `${ades}/processes/${echo}/jobs`, {
      ...executeBody({ message: 'refused' }),
      ...change,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(named);
    expect(answer.headers.get('location')).toBeNull();
  });

  it('with a body that is no JSON', async () => {
    const answer = await call('POST', `${ades}/processes/${echo}/jobs`, '{"inputs": [');
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(/JSON/);
  });

  it('for a process that is not there', async () => {
    const answer = await call('POST', `${ades}/processes/none:develop/jobs`, executeBody({}));
    expect(answer.status).toBe(404);
    expect(answer.body.type).toMatch(/no-such-process$/);
  });
});
