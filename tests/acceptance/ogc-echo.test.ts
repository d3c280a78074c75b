import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { call, type Json, jobDocument, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const part1 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const part2 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/';
const url = `${ades}/processes/echo`;
const wpsTKeys = ['abstract', 'executionUnit', 'id', 'immediateDeployment', 'owsContextURL', 'processVersion', 'title'];

const execute = (body: Json, headers: Record<string, string> = {}) => call('POST', `${url}/execution`, body, headers);

describe('the built-in echo process', () => {
  it('is listed with the members of both forms, as one that cannot be changed', async () => {
    const { processes } = (await call('GET', `${ades}/processes`)).body;
    const entry = processes.find((each: Json) => each.id === 'echo');
    expect(entry).toMatchObject({ mutable: false, version: expect.any(String) });
    expect(Object.keys(entry)).toEqual(expect.arrayContaining(wpsTKeys));
    const refused = await call('DELETE', url);
    expect([refused.status, refused.body.type]).toEqual([403, `${part2}immutable-process`]);
  });

  it('answers synchronously by default, without a Link header', async () => {
    const answer = await execute({ inputs: { text: 'teststring' }, response: 'document' });
    expect([answer.status, answer.body]).toEqual([200, { text: 'teststring' }]);
    expect(answer.headers.get('link')).toBeNull();
    expect((await execute({ inputs: { text: 'teststring' }, response: 'raw' })).body).toBe('teststring');
  });

  it('runs asynchronously as a job of the jobs database', async () => {
    const answer = await execute(
      { inputs: { text: 'later', pause: 1 }, labels: ['echo'] },
      { prefer: 'respond-async' },
    );
    expect([answer.status, answer.headers.get('preference-applied')]).toEqual([201, 'respond-async']);
    const { jobID } = answer.body;
    const early = await call('GET', `${ades}/jobs/${jobID}/results`);
    expect([early.status, early.body.type]).toEqual([404, `${part1}result-not-ready`]);
    expect(await jobDocument(database, jobID)).toMatchObject({ 'process-id': 'echo', labels: ['echo'] });
    expect(await verdictOf(database, jobID)).toMatchObject({ status: 'succeeded', results: { text: 'later' } });
    const status = (await call('GET', answer.headers.get('location') as string)).body;
    expect(status).toMatchObject({ jobID, status: 'successful', type: 'process' });
    expect(JSON.stringify(status)).not.toContain('null');
  });

  it.each([
    ['an array', { integers: [1, 2, 3] }],
    ['a bounding box', { bbox: { bbox: [1, 2, 3, 4], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' } }],
    ['a qualified value', { mixed: { value: '<a/>', mediaType: 'application/xml' } }],
    ['an object', { mixed: { value: { a: 1 } } }],
    ['bytes', { image: { value: 'SUkqAA==', mediaType: 'image/tiff', encoding: 'base64' } }],
    ['a link', { image: { href: 'https://example.org/image.tif' } }],
  ])('takes %s', async (_kind, inputs) => {
    const answer = await execute({ inputs: { text: 'a', ...inputs }, response: 'document' });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['text', ...Object.keys(inputs)]);
  });

  it('refuses a value that does not fit, as application/json', async () => {
    const answer = await execute({ inputs: { text: 5 } });
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('text must be string')]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('is dismissed while it runs, and stays dismissed', async () => {
    const { jobID } = (await execute({ inputs: { text: 'a', pause: 1 } }, { prefer: 'respond-async' })).body;
    const dismissed = await call('DELETE', `${ades}/jobs/${jobID}`);
    expect([dismissed.status, dismissed.body.status]).toEqual([200, 'dismissed']);
    expect(await verdictOf(database, jobID)).toMatchObject({ status: 'dismissed' });
  });
});
