import { submission } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;

beforeAll(async () => {
  test = await startTestAdes({ limits: { sweepIntervalMs: 20, unqueuedAfterMs: 60_000 } });
  await test.deployL1b();
});
afterAll(() => test.close());

const part2 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/';
const inputs = {
  text: 'teststring',
  integers: [1, 2],
  bbox: { bbox: [51.9, 7, 52, 7.1], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
  mixed: { value: '<a/>', mediaType: 'application/xml' },
  image: { href: 'https://example.org/image.tif', type: 'image/tiff' },
};

/** What the standard's schema.yaml does not allow: keywords other than OpenAPI 3.0's and the two of content, references, several types. */
function schemaFaults(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return ['a schema is an object'];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties') return Object.values(value as object).flatMap(schemaFaults);
    if (keyword === 'allOf' || keyword === 'oneOf') return (value as unknown[]).flatMap(schemaFaults);
    if (keyword === 'items') return schemaFaults(value);
    return SCHEMA_KEYWORDS.get(keyword)?.(value) === true ? [] : [`${keyword}: ${JSON.stringify(value)}`];
  });
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const SCHEMA_KEYWORDS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['type', (value) => ['array', 'boolean', 'integer', 'number', 'object', 'string'].includes(String(value))],
  ...['format', 'contentMediaType'].map((keyword) => [keyword, isText] as const),
  ['contentEncoding', (value) => ['binary', 'quoted-printable', 'base64'].includes(String(value))],
  ...['minimum', 'maximum', 'minItems', 'maxItems'].map((keyword) => [keyword, isNumber] as const),
  ['required', (value) => Array.isArray(value) && value.length > 0 && value.every(isText)],
]);

const execute = (body: object, headers: Record<string, string> = {}) =>
  test.call('POST', '/processes/echo/execution', body, headers);

describe('the echo process', () => {
  it('is listed last and cannot be changed, unlike those that were deployed', async () => {
    const { processes } = (await test.call('GET', '/processes')).json();
    expect(processes.map((each: { id: string; mutable: boolean }) => [each.id, each.mutable])).toEqual([
      ['l1b-cwl:develop', true],
      ['echo', false],
    ]);
    expect(Object.keys(processes[1])).toEqual(expect.arrayContaining(Object.keys(processes[0])));
    const second = (await test.call('GET', '/processes?limit=1&offset=1')).json();
    expect(second.processes).toEqual([processes[1]]);
    expect(second.links.map(({ rel }: { rel: string }) => rel)).not.toContain('next');
    expect((await test.call('GET', '/processes?limit=1')).json().processes).toEqual([processes[0]]);
  });

  it('describes its one required input first, with an output of that name', async () => {
    const described = (await test.call('GET', '/processes/echo')).json();
    expect(Object.keys(described.inputs)).toEqual(['text', 'pause', 'integers', 'bbox', 'mixed', 'image']);
    expect(described.inputs.text).toEqual({ title: 'A text', schema: { type: 'string' }, minOccurs: 1, maxOccurs: 1 });
    expect(Object.keys(described.outputs)).toEqual(Object.keys(described.inputs));
    expect(described.jobControlOptions).toEqual(['async-execute', 'sync-execute']);
    expect(described.process.inputs).toHaveLength(6);
    for (const parameter of [...Object.values(described.inputs), ...Object.values(described.outputs)]) {
      expect(schemaFaults((parameter as { schema: unknown }).schema)).toEqual([]);
    }
  });

  it.each([
    ['DELETE', '/processes/echo', undefined],
    ['PUT', '/processes/echo', { executionUnit: { href: 'https://cwl.test/workflow.cwl' } }],
    [
      'POST',
      '/processes',
      { processDescription: { id: 'echo' }, executionUnit: { href: 'https://cwl.test/workflow.cwl' } },
    ],
  ])('answers %s %s with 403', async (method, url, body) => {
    const answer = await test.call(method, url, body, body && { 'content-type': 'application/ogcapppkg+json' });
    expect(answer.json()).toMatchObject({ status: 403, type: `${part2}immutable-process` });
    expect((await test.call('GET', '/processes/echo/package')).statusCode).toBe(404);
  });

  it('gives back every kind of input, and no more', async () => {
    const answer = await execute({ inputs, response: 'document' });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toEqual({
      text: 'teststring',
      integers: [1, 2],
      bbox: { value: inputs.bbox },
      mixed: '<a/>',
      image: { href: 'https://example.org/image.tif', type: 'image/tiff', title: 'image.tif' },
    });
    expect(test.queue.sent).toEqual([]);
  });

  it('gives back one output raw', async () => {
    expect((await execute({ inputs: { text: 'teststring' } })).body).toBe('teststring');
    const selected = await execute({ inputs, outputs: { bbox: {} }, response: 'raw' });
    expect(selected.json()).toEqual(inputs.bbox);
  });

  it('runs as a job like any other, from submitted to succeeded', async () => {
    const answer = await execute({ inputs: { text: 'a', pause: 1 } }, { prefer: 'respond-async', 'x-user-id': 'lena' });
    const { jobID } = answer.json();
    expect(answer.json().status).toBe('accepted');
    const job = () => test.memory.jobs.get(jobID);
    expect(job()).toMatchObject({ status: 'running', 'queue-time': expect.any(String) });
    expect((await test.call('GET', `/jobs/${jobID}/results`)).json().type).toMatch(/result-not-ready$/);
    await expect.poll(() => job()?.status, { timeout: 5_000 }).toBe('succeeded');
    expect(job()).toMatchObject({ 'user-id': 'lena', worker: 'ades', attempts: 1, results: { text: 'a', pause: 1 } });
    expect((await test.call('GET', `/jobs/${jobID}/outputs/text`)).json()).toBe('a');
    const wpsT = (await test.call('GET', `/processes/echo/jobs/${jobID}/result`)).json();
    expect(wpsT.outputs.map(({ id }: { id: string }) => id)).toEqual(['text', 'pause']);
  });

  it('may be executed in the WPS-T form', async () => {
    const answer = await test.call('POST', '/processes/echo/jobs', { inputs: [{ id: 'text', data: 'a' }] });
    const id = String(answer.headers.location).split('/').at(-1)!;
    await expect.poll(() => test.memory.jobs.get(id)?.status).toBe('succeeded');
  });

  it.each([
    [{}, 'text'],
    [{ text: 5 }, 'text must be string'],
    [{ text: 'a', integers: ['a'] }, 'integers[0] must be integer'],
    [{ text: 'a', bbox: { bbox: [1, 2, 3, 4, 5] } }, 'bbox.bbox'],
    [{ text: 'a', pause: 61 }, 'pause must be <= 60'],
    [{ text: 'a', mixed: 5 }, 'mixed must be string or must be object'],
    [{ text: 'a', other: 5 }, 'input other'],
  ])('refuses %j by a message that names the input, and makes no job', async (bad, reason) => {
    const jobs = test.memory.jobs.size;
    const answer = await execute({ inputs: bad });
    expect(answer.json()).toMatchObject({ status: 400, detail: expect.stringContaining(reason) });
    expect(test.memory.jobs.size).toBe(jobs);
  });

  it('is dismissed like any other', async () => {
    const { jobID } = (await execute({ inputs: { text: 'a', pause: 1 } }, { prefer: 'respond-async' })).json();
    expect((await test.call('DELETE', `/jobs/${jobID}`)).json().status).toBe('dismissed');
    expect(test.memory.jobs.get(jobID)?.status).toBe('dismissed');
  });

  it('fails a job whose ADES is gone, and sends none to the workers', async () => {
    const submitted = { inputs: { text: 'a' }, labels: [], userId: 'lena', processId: 'echo' };
    test.memory.apply(submission({ id: 'abandoned', ...submitted }, { time: new Date(Date.now() - 120_000) }));
    test.memory.apply(submission({ id: 'young', ...submitted }));
    await expect.poll(() => test.memory.jobs.get('abandoned')?.status).toBe('failed');
    expect(test.memory.jobs.get('young')?.status).toBe('submitted');
    expect(test.queue.sent).toEqual([]);
  });

  it('fails its jobs when the server is stopped', async () => {
    const other = await startTestAdes();
    const headers = { prefer: 'respond-async' };
    const body = { inputs: { text: 'a', pause: 60 } };
    const { jobID } = (await other.call('POST', '/processes/echo/execution', body, headers)).json();
    await other.close();
    expect(other.memory.jobs.get(jobID)).toMatchObject({ status: 'failed', error: expect.stringContaining('stopped') });
  });
});
