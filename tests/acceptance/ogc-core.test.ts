import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { shellTool, startDocument } from '../support/inline-process.ts';
import { schemaFaults } from '../support/ogc-schemas.ts';
import { call, exampleUrl, type Json, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const part1 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const relation = 'http://www.opengis.net/def/rel/ogc/1.0/';
const id = `core-${Date.now().toString(36)}`;

const execute = (process: string, body: Json, headers: Record<string, string> = {}) =>
  call('POST', `${ades}/processes/${process}/execution`, body, headers);

beforeAll(async () => {
  const body = {
    processDescription: { id },
    executionUnit: { href: exampleUrl('no-update-steps/workflow.cwl'), type: 'application/cwl' },
  };
  const deployed = await call('POST', `${ades}/processes`, body, { 'content-type': 'application/ogcapppkg+json' });
  expect(deployed.status, JSON.stringify(deployed.body)).toBe(201);
});

describe('what is there and where', () => {
  it('stands on the landing page, and every link leads somewhere', async () => {
    const { body } = await call('GET', `${ades}/`);
    expect(schemaFaults('landingPage', body)).toEqual([]);
    const rels = [
      'service-desc',
      'service-doc',
      `${relation}conformance`,
      `${relation}processes`,
      `${relation}job-list`,
    ];
    expect(body.links.map((link: Json) => link.rel)).toEqual(expect.arrayContaining(rels));
    for (const { href } of body.links) expect((await call('GET', href)).status, href).toBe(200);
  });

  it('is defined in OpenAPI 3.0, with its own media type', async () => {
    const answer = await call('GET', `${ades}/api`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/vnd\.oai\.openapi\+json; ?version="?3\.0"?/);
    expect(answer.body.openapi).toMatch(/^3\.0\./);
    expect(answer.body.paths['/processes/{processId}/execution'].post.responses).toHaveProperty('201');
  });

  it('names the conformance classes of both parts', async () => {
    const { body } = await call('GET', `${ades}/conformance`);
    expect(schemaFaults('confClasses', body)).toEqual([]);
    const classes = ['1/1.0/conf/core', '1/1.0/conf/job-list', '1/1.0/conf/dismiss', '2/1.0/conf/docker'];
    for (const name of classes)
      expect(body.conformsTo).toContain(`http://www.opengis.net/spec/ogcapi-processes-${name}`);
  });
});

describe('the processes', () => {
  it('are listed as the standard has them, with links to the page itself and others', async () => {
    const { body } = await call('GET', `${ades}/processes?limit=10000`);
    // What was deployed in the WPS-T form has the keywords of that form, one text.
    const ogc = { ...body, processes: body.processes.filter((each: Json) => Array.isArray(each.keywords)) };
    expect(ogc.processes.map((each: Json) => each.id)).toEqual(expect.arrayContaining([id, 'echo']));
    expect(schemaFaults('processList', ogc)).toEqual([]);
    expect(body.links.map((link: Json) => link.rel)).toEqual(expect.arrayContaining(['self', 'alternate']));
    const first = (await call('GET', `${ades}/processes?limit=1`)).body;
    expect(first.processes).toHaveLength(1);
    const next = first.links.find((link: Json) => link.rel === 'next').href;
    expect((await call('GET', next)).body.processes[0].id).not.toBe(first.processes[0].id);
  });

  it('are described by schemas of OpenAPI 3.0', async () => {
    for (const name of [id, 'echo']) {
      const { body } = await call('GET', `${ades}/processes/${name}`);
      expect(schemaFaults('process', body), name).toEqual([]);
      expect(Object.keys(body.inputs).length, name).toBeGreaterThan(0);
    }
  });

  it.each([
    ['GET', ''],
    ['POST', '/execution'],
    ['GET', '/package'],
    ['DELETE', ''],
    ['GET', '/jobs'],
  ])('that are not there are named by the exception of %s /processes/{id}%s', async (method, path) => {
    const answer = await call(method, `${ades}/processes/no-such${path}`, method === 'POST' ? {} : undefined);
    expect([answer.status, answer.body.type]).toEqual([404, `${part1}no-such-process`]);
    expect(schemaFaults('exception', answer.body)).toEqual([]);
  });
});

describe('an execution', () => {
  it('is asynchronous where that is preferred: an absolute Location of a valid statusInfo', async () => {
    const answer = await execute('echo', { inputs: { text: 'a', pause: 1 } }, { prefer: 'respond-async' });
    expect(answer.status).toBe(201);
    const location = answer.headers.get('location') as string;
    expect(location).toBe(`${ades}/jobs/${answer.body.jobID}`);
    expect(schemaFaults('statusInfo', answer.body)).toEqual([]);
    const early = (await call('GET', location)).body;
    expect(early.links.map((link: Json) => link.rel)).toContain('monitor');
    await verdictOf(database, answer.body.jobID);
    const done = (await call('GET', location)).body;
    expect(schemaFaults('statusInfo', done)).toEqual([]);
    expect(done.links.map((link: Json) => link.rel)).toContain(`${relation}results`);
    expect((await call('GET', `${location}/results`)).status).toBe(200);
  });

  it('waits as long as is preferred, and says which preferences it followed', async () => {
    const body = { inputs: { text: 'a', pause: 3 } };
    const late = await execute('echo', body, { prefer: 'respond-async, wait=1' });
    expect([late.status, late.headers.get('preference-applied')]).toEqual([201, 'respond-async, wait=1']);
    expect(late.body.status).toBe('running');
    const soon = await execute('echo', { inputs: { text: 'a' } }, { prefer: 'respond-async, wait=10' });
    expect([soon.status, soon.headers.get('preference-applied')]).toEqual([200, 'wait=10']);
    expect((await execute('echo', { inputs: { text: 'a' } })).headers.get('preference-applied')).toBeNull();
  });

  it('with raw results of several outputs has a part for each, in their own media types', async () => {
    const bbox = { bbox: [1, 2, 3, 4] };
    const image = { value: 'SUkqAA==', mediaType: 'image/tiff', encoding: 'base64' };
    const answer = await execute('echo', { inputs: { text: 'bare', integers: [1, 2], bbox, image } });
    expect(answer.status).toBe(200);
    const parts = partsOf(answer);
    expect([...parts.keys()]).toEqual(['text', 'integers', 'bbox', 'image']);
    expect(parts.get('text')).toEqual({ type: 'text/plain', location: undefined, body: 'bare' });
    expect(JSON.parse(parts.get('integers')!.body)).toEqual([1, 2]);
    expect(JSON.parse(parts.get('bbox')!.body)).toEqual(bbox);
  });

  it('with some outputs by value and some by reference has an empty part with the URL of those', async () => {
    const outputs = { text: { transmissionMode: 'value' }, integers: { transmissionMode: 'reference' } };
    const answer = await execute('echo', { inputs: { text: 'bare', integers: [1, 2] }, outputs });
    const { text, integers } = Object.fromEntries(partsOf(answer));
    expect(text?.body).toBe('bare');
    expect([integers?.body, integers?.location]).toEqual(['', expect.stringContaining(ades)]);
    expect((await call('GET', integers!.location as string)).body).toEqual([1, 2]);
    const document = (await execute('echo', { inputs: { text: 'a', integers: [1] }, outputs, response: 'document' }))
      .body;
    expect(document).toEqual({ text: 'a', integers: { href: expect.any(String), type: 'application/json' } });
  });

  it.each([
    [{ text: ['a'] }, 'text'],
    [{ text: 'a', integers: ['teststring'] }, 'integers'],
    [{ text: 'a', bbox: { bbox: [1] } }, 'bbox'],
    [{}, 'text'],
  ])('with the inputs %j is refused by an exception that names %s', async (inputs, name) => {
    const answer = await execute('echo', { inputs });
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(name)]);
    expect(schemaFaults('exception', answer.body)).toEqual([]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('a job', () => {
  it('that failed has no results but the reason', async () => {
    const jobID = await startDocument(ades, shellTool('echo "no calamity" >&2; exit 3'));
    await verdictOf(database, jobID);
    const results = await call('GET', `${ades}/jobs/${jobID}/results`);
    expect([results.status, results.body.detail]).toEqual([500, expect.stringContaining('exit code 3')]);
    expect(results.body.type).toBe('urn:daybook:exception:job-failed');
    expect(schemaFaults('statusInfo', (await call('GET', `${ades}/jobs/${jobID}`)).body)).toEqual([]);
  });

  it.each([
    ['GET', ''],
    ['GET', '/results'],
    ['GET', '/logs'],
    ['DELETE', ''],
  ])('that is not there is named by the exception of %s /jobs/{id}%s', async (method, path) => {
    const answer = await call(method, `${ades}/jobs/no-such${path}`);
    expect([answer.status, answer.body.type]).toEqual([404, `${part1}no-such-job`]);
  });

  it('is dismissed, and stays where it can be read', async () => {
    const { jobID } = (await execute('echo', { inputs: { text: 'a', pause: 30 } }, { prefer: 'respond-async' })).body;
    const dismissed = await call('DELETE', `${ades}/jobs/${jobID}`);
    expect([dismissed.status, dismissed.body.status]).toEqual([200, 'dismissed']);
    expect(schemaFaults('statusInfo', dismissed.body)).toEqual([]);
    expect((await call('GET', `${ades}/jobs/${jobID}`)).body.status).toBe('dismissed');
    expect((await call('GET', `${ades}/jobs/${jobID}/results`)).status).toBe(410);
  });
});

interface ReceivedPart {
  readonly type: string | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

/** The parts of a multipart answer by their Content-ID. */
function partsOf({ headers, body }: { headers: Headers; body: Json }): Map<string, ReceivedPart> {
  const boundary = /^multipart\/related;.*boundary=([^;]+)$/.exec(headers.get('content-type') ?? '')?.[1];
  expect(boundary, headers.get('content-type') ?? '').toBeDefined();
  const parts = String(body).split(`--${boundary}`).slice(1, -1);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\r\n\r\n');
      const header = (name: string) => new RegExp(`^${name}: (.*?)(;.*)?$`, 'im').exec(part.slice(0, end))?.[1]?.trim();
      const content = part.slice(end + 4).replace(/\r\n$/, '');
      return [
        header('Content-ID')!,
        { type: header('Content-Type'), location: header('Content-Location'), body: content },
      ];
    }),
  );
}
