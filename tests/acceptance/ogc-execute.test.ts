import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { call, exampleUrl, type Json, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const id = `words-${Date.now().toString(36)}`;

beforeAll(async () => {
  const body = {
    processDescription: { id },
    executionUnit: { href: exampleUrl('no-update-steps/workflow.cwl'), type: 'application/cwl' },
  };
  const deployed = await call('POST', `${ades}/processes`, body, { 'content-type': 'application/ogcapppkg+json' });
  expect(deployed.status, JSON.stringify(deployed.body)).toBe(201);
});

const execute = (body: Json, headers: Record<string, string> = {}) =>
  call('POST', `${ades}/processes/${id}/execution`, { inputs: { text: 'how many words are here' }, ...body }, headers);

describe('an execution of a process deployed in the OGC form', () => {
  it('answers with a document of its results', async () => {
    const answer = await execute({ response: 'document' });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({ count: 5, report: { href: expect.stringContaining(ades) } });
    expect(answer.headers.get('link')).toBeNull();
  });

  it('answers with the raw bytes of one output', async () => {
    const answer = await execute({ outputs: { report: {} } });
    expect([answer.status, answer.body]).toEqual([200, 'words 5\n']);
  });

  it('answers with all outputs in one multipart body by default', async () => {
    const answer = await fetch(`${ades}/processes/${id}/execution`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: { text: 'how many words are here' } }),
    });
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/related/);
    const body = await answer.text();
    expect(body).toContain('Content-ID: report');
    expect(body).toContain('words 5\n');
  });

  it('answers with links alone where outputs are wanted by reference', async () => {
    const answer = await execute({ outputs: { report: { transmissionMode: 'reference' } } });
    expect([answer.status, answer.body]).toEqual([204, '']);
    const url = /^<([^>]+)>/.exec(answer.headers.get('link') as string)?.[1] as string;
    expect((await call('GET', url)).body).toBe('words 5\n');
  });

  it('is asynchronous where that is preferred, and its results keep the form that was asked for', async () => {
    const answer = await execute({ outputs: { count: {} } }, { prefer: 'respond-async' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${ades}/jobs/${answer.body.jobID}`);
    await verdictOf(database, answer.body.jobID);
    expect((await call('GET', `${ades}/jobs/${answer.body.jobID}/results`)).body).toBe(5);
  });

  it('makes one job of any number of requests with one Idempotency-Key', async () => {
    const headers = { prefer: 'respond-async', 'idempotency-key': `key-${id}` };
    const answers = await Promise.all(Array.from({ length: 5 }, () => execute({}, headers)));
    const locations = new Set(answers.map((answer) => answer.headers.get('location')));
    expect([...answers.map(({ status }) => status), locations.size]).toEqual([201, 201, 201, 201, 201, 1]);
    expect(await verdictOf(database, answers[0]?.body.jobID)).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect((await execute({ inputs: { text: 'others' } }, headers)).status).toBe(422);
  });

  it('takes a text by reference, and says where it cannot', async () => {
    const document = JSON.stringify({ three: 'words' });
    const source = createServer((request, response) => {
      response.writeHead(request.url === '/text' ? 200 : 404).end('three words here');
    }).listen(0, '127.0.0.1');
    await once(source, 'listening');
    const href = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
    try {
      const body = { outputs: { count: {} }, inputs: { text: { href: `${href}/text`, type: 'text/plain' } } };
      expect((await execute(body)).body).toBe(3);
      const refused = await execute({ ...body, inputs: { text: { href: `${href}/none` } } });
      expect([refused.status, refused.body.detail]).toEqual([400, expect.stringMatching(/^input text: .*404$/)]);
      const qualified = { text: { value: document, mediaType: 'text/plain' } };
      expect((await execute({ ...body, inputs: qualified })).body).toBe(1);
    } finally {
      source.close();
    }
  });
});
