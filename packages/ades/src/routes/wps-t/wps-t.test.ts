import { presumedFailure, statusUpdate, verdict } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployBody, executeBody, l1bInputs } from '../../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;
const none = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';

beforeAll(async () => {
  test = await startTestAdes();
  process = await test.deployL1b();
});
afterAll(() => test.close());

async function submit(body: unknown = executeBody()): Promise<string> {
  const answer = await test.call('POST', `/processes/${process}/jobs`, body);
  expect(answer.statusCode, answer.body).toBe(201);
  return String(answer.headers.location).split('/').at(-1)!;
}

const entry = {
  id: 'l1b-cwl:develop',
  title: 'L1B processing',
  abstract: 'Brightness temperatures',
  keywords: '',
  owsContextURL: 'https://cwl.test/workflow.cwl',
  processVersion: 'develop',
  jobControlOptions: ['async-execute'],
  outputTransmission: ['reference'],
  immediateDeployment: 'true',
  executionUnit: 'docker.registry/ndvims:latest',
};

describe('a process', () => {
  it('is deployed, listed, described and undeployed with exactly the members of WPS-T', async () => {
    const deployed = await test.call('POST', '/processes', deployBody('other'));
    expect(deployed.statusCode).toBe(201);
    expect(deployed.json()).toEqual({
      deploymentResult: {
        processSummary: {
          id: 'other',
          title: entry.title,
          abstract: entry.abstract,
          keywords: '',
          version: 'develop',
          jobControlOptions: ['async-execute'],
          processDescriptionURL: 'http://localhost:5001/processes/other:develop',
        },
      },
    });

    const list = (await test.call('GET', '/processes')).json();
    expect(list.processes.map(({ id }: { id: string }) => id)).toEqual([entry.id, expect.any(String), 'echo']);
    expect(list.processes[0]).toMatchObject(entry);

    const described = await test.call('GET', '/processes/other:develop');
    expect(described.json().process).toEqual({
      ...entry,
      id: 'other:develop',
      inputs: [
        { id: 'input_collection_id', title: 'The collection', formats: [{ mimeType: 'text', default: true }] },
        ...['start_datetime', 'stop_datetime', 'output_collection_id', 'static_dir', 'channels'].map((id) => ({
          id,
          title: id,
          formats: [{ mimeType: expect.any(String), default: true }],
        })),
      ],
      outputs: [{ id: 'output', title: 'The product', formats: [{ mimeType: 'image/tiff', default: true }] }],
    });

    const undeployed = await test.call('DELETE', '/processes/other:develop');
    expect(undeployed.statusCode).toBe(200);
    expect(undeployed.json()).toEqual({ undeploymentResult: { ...entry, id: 'other:develop' } });
    const left = (await test.call('GET', '/processes')).json().processes;
    expect(left.map(({ id }: { id: string }) => id)).toEqual([entry.id, 'echo']);
    expect((await test.call('DELETE', '/processes/other:develop')).statusCode).toBe(404);
  });

  it('is matched as it was deployed', async () => {
    expect((await test.call('GET', '/processes/L1B-CWL:develop')).statusCode).toBe(404);
    expect((await test.call('GET', '/processes/l1b-cwl%3Adevelop')).statusCode).toBe(200);
  });

  it('is refused when there is one of its id', async () => {
    const answer = await test.call('POST', '/processes', deployBody());
    expect(answer.statusCode).toBe(409);
    expect(answer.json().type).toMatch(/processes-2\/1\.0\/duplicated-process$/);
  });

  it.each([
    ['an empty object', {}, 'processDescription'],
    ['no object', [1], 'must be object'],
    ['no CWL href', { processDescription: { process: { id: 'x', owsContext: {} }, processVersion: '1' } }, 'offering'],
    ['a relative href', deployBody('x', 'workflow.cwl'), 'workflow.cwl'],
    ['an id with a slash', deployBody('a/b'), 'a/b'],
    ['a document that cannot be fetched', deployBody('x', 'https://cwl.test/none.cwl'), 'none.cwl'],
  ])('is refused with 400 when its body has %s', async (_what, body, reason) => {
    const answer = await test.call('POST', '/processes', body);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json()).toMatchObject({ type: 'about:blank', status: 400, detail: expect.stringContaining(reason) });
  });
});

describe('an execute request', () => {
  it('of the reference makes a job that is durable before it is queued, and answers 201 with its Location', async () => {
    const answer = await test.call('POST', `/processes/${process}/jobs`, executeBody(), { 'x-user-id': 'lena' });
    expect(answer.statusCode).toBe(201);
    expect(answer.body).toBe('{}');
    const location = String(answer.headers.location);
    expect(location).toMatch(/^http:\/\/localhost:5001\/processes\/l1b-cwl:develop\/jobs\/[0-9a-f-]+$/);
    const id = location.split('/').at(-1)!;
    expect(test.memory.jobs.get(id)).toMatchObject({
      id,
      status: 'submitted',
      inputs: l1bInputs,
      outputs: {},
      labels: ['re-processing-3', 'release23.3', '08-08-23'],
      'user-id': 'lena',
      'process-id': 'l1b-cwl:develop',
      'process-version': 'develop',
      'inputs-hash': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(test.queue.sent.at(-1)).toEqual({
      queueUrl: test.queue.url,
      body: JSON.stringify({ id }),
      groupId: id,
      deduplicationId: id,
    });
    await expect.poll(() => test.memory.jobs.get(id)?.['queue-time']).toEqual(expect.any(String));
  });

  it('may leave labels out, or send none', async () => {
    const { labels, ...unlabelled } = executeBody();
    for (const body of [unlabelled, executeBody({ labels: [] })]) {
      expect(test.memory.jobs.get(await submit(body))).toMatchObject({ labels: [], 'user-id': 'anonymous' });
    }
  });

  it('may send inputs as a map, and several entries with one id', async () => {
    expect(test.memory.jobs.get(await submit(executeBody({ inputs: l1bInputs })))?.inputs).toEqual(l1bInputs);
    const entries = Object.entries(l1bInputs).map(([id, data]) => ({ id, data }));
    const several = [...entries, { id: 'channels', data: '1' }, { id: 'channels', data: '2' }];
    expect(test.memory.jobs.get(await submit(executeBody({ inputs: several })))?.inputs).toEqual({
      ...l1bInputs,
      channels: ['1', '2'],
    });
  });

  it.each([
    ['labels that are a text', { labels: 'campaign-3' }, 'labels must be array, not "campaign-3"'],
    ['labels with a number', { labels: ['a', 3] }, 'labels[1] must be string, not 3'],
    ['labels that are null', { labels: null }, 'labels must be array, not null'],
    ['a label without end', { labels: ['x'.repeat(2_000)] }, 'labels[0] must be at most 1024 characters'],
    ['a missing input', { inputs: [] }, 'input_collection_id'],
    ['an unknown input', { inputs: { ...l1bInputs, massage: 1 } }, 'massage'],
    ['an input of the wrong type', { inputs: { ...l1bInputs, start_datetime: { a: 1 } } }, 'start_datetime'],
    ['inputs that are a number', { inputs: 3 }, 'inputs must be array or must be object'],
    ['an input without data', { inputs: [{ id: 'a' }] }, 'inputs[0] must have data'],
    ['a mode that is not offered', { mode: 'sync' }, '"sync"'],
  ])('is refused, and makes no job, with %s', async (_what, change, reason) => {
    const before = test.memory.jobs.size;
    const answer = await test.call('POST', `/processes/${process}/jobs`, executeBody(change));
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json().detail).toContain(reason);
    expect(answer.headers.location).toBeUndefined();
    expect(test.memory.jobs.size).toBe(before);
  });

  it('is refused for a process that is not there', async () => {
    const answer = await test.call('POST', '/processes/none:develop/jobs', executeBody());
    expect(answer.statusCode).toBe(404);
    expect(answer.json().type).toBe(`${none}no-such-process`);
  });
});

describe('a job', () => {
  it('shows its status, by its verdict alone', async () => {
    const id = await submit();
    const status = async () => (await test.call('GET', `/processes/${process}/jobs/${id}`)).json();
    expect(await status()).toEqual({ jobID: id, status: 'accepted', message: expect.any(String) });
    test.memory.apply(statusUpdate({ id, status: 'succeeded', attempt: 1 }));
    expect((await status()).status).toBe('running');
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded' }));
    expect(await status()).toEqual({ jobID: id, status: 'succeeded', message: expect.any(String) });
  });

  it('has its result once it succeeded', async () => {
    const id = await submit();
    const result = () => test.call('GET', `/processes/${process}/jobs/${id}/result`);
    const early = await result();
    expect(early.statusCode).toBe(404);
    expect(early.json().type).toBe(`${none}result-not-ready`);
    const href = `http://localhost:5001/jobs/${id}/outputs/output/l1b.tif`;
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', outputs: { output: href } }));
    expect((await result()).json()).toEqual({ outputs: [{ id: 'output', mimeType: 'image/tiff', href }] });
  });

  it('that failed says why, and has no result', async () => {
    const id = await submit();
    test.memory.apply(presumedFailure({ id, error: 'the worker was lost three times' }));
    const status = (await test.call('GET', `/processes/${process}/jobs/${id}`)).json();
    expect(status).toEqual({ jobID: id, status: 'failed', message: 'the worker was lost three times' });
    const result = await test.call('GET', `/processes/${process}/jobs/${id}/result`);
    expect(result.statusCode).toBe(500);
    expect(result.json()).toMatchObject({ type: expect.stringContaining('job-failed'), detail: status.message });
  });

  it('is dismissed', async () => {
    const id = await submit();
    const answer = await test.call('DELETE', `/processes/${process}/jobs/${id}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      statusInfo: {
        jobID: id,
        procID: process,
        status: 'dismissed',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        inputs: l1bInputs,
      },
    });
    expect(test.memory.jobs.get(id)).toMatchObject({ status: 'dismissed', state: 'dismissed', final: true });
    expect((await test.call('GET', `/processes/${process}/jobs/${id}/result`)).statusCode).toBe(410);
  });

  it('is unknown under another process', async () => {
    const id = await submit();
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/result'],
    ] as const) {
      const answer = await test.call(method, `/processes/none:develop/jobs/${id}${path}`);
      expect(answer.statusCode).toBe(404);
      expect(answer.json().type).toBe(`${none}no-such-job`);
    }
  });

  it('is in the list of its process, the newest first, with pages in the Link header', async () => {
    const ids = [await submit(), await submit()];
    const list = await test.call('GET', `/processes/${process}/jobs?limit=2`);
    expect(list.json().jobs.map((job: { jobID: string }) => job.jobID)).toEqual(ids.reverse());
    expect(list.json().jobs[0]).toEqual({
      jobID: ids[0],
      status: 'accepted',
      message: expect.any(String),
      inputs: Object.entries(l1bInputs).map(([id, data]) => ({ id, data })),
    });
    expect(Object.keys(list.json())).toEqual(['jobs']);
    expect(list.headers.link).toMatch(/[?&]limit=2&after=[\w-]+>; rel="next"/);
  });
});
