import { statusUpdate, verdict } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { l1bInputs } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeAll(async () => {
  test = await startTestAdes();
  process = await test.deployL1b();
});
afterAll(() => test.close());

const part1 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const part2 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/';
const packageType = { 'content-type': 'application/ogcapppkg+json' };
const packageBody = (id: string) => ({
  processDescription: { id, version: '2.0', title: 'A package', keywords: ['a', 'b'] },
  executionUnit: { href: 'https://cwl.test/workflow.cwl', type: 'application/cwl' },
});

async function submit(labels: readonly string[] = []): Promise<string> {
  const answer = await test.call('POST', `/processes/${process}/execution`, {
    inputs: l1bInputs,
    labels,
    response: 'document',
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().jobID;
}

describe('the server', () => {
  it('has a landing page in JSON, and in HTML for a browser', async () => {
    const landing = await test.call('GET', '/');
    const links: { rel: string; href: string }[] = landing.json().links;
    const relation = 'http://www.opengis.net/def/rel/ogc/1.0/';
    expect(links.map(({ rel }) => rel)).toEqual(
      expect.arrayContaining(['service-desc', 'service-doc', `${relation}conformance`, `${relation}processes`]),
    );
    for (const { href } of links) expect((await test.call('GET', new URL(href).pathname)).statusCode, href).toBe(200);
    const page = await test.call('GET', '/', undefined, { accept: 'text/html,*/*;q=0.8' });
    expect(page.headers['content-type']).toContain('text/html');
    for (const { href } of links) expect(page.body).toContain(`href="${href}"`);
  });

  it('declares its conformance', async () => {
    const { conformsTo } = (await test.call('GET', '/conformance')).json();
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core');
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-processes-2/1.0/conf/deploy-replace-undeploy');
  });

  it('has an OpenAPI 3.0 definition of every route, in its keywords only', async () => {
    const answer = await test.call('GET', '/api');
    expect(answer.headers['content-type']).toMatch(/^application\/vnd\.oai\.openapi\+json/);
    const { openapi, paths } = answer.json();
    expect(openapi).toMatch(/^3\.0\./);
    expect(Object.keys(paths['/processes/{processId}/jobs'])).toEqual(expect.arrayContaining(['get', 'post']));
    expect(answer.body).not.toMatch(/"const"|"patternProperties"|"\$ref"|"type":\[/);
  });

  it('has interactive documentation that loads nothing from elsewhere', async () => {
    const page = await test.call('GET', '/api/docs');
    expect(page.statusCode).toBe(200);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source).toMatch(/^\/api\/docs\//);
      expect((await test.call('GET', source)).statusCode, source).toBe(200);
    }
    expect((await test.call('GET', '/api/docs/json')).json().openapi).toMatch(/^3\.0\./);
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });
});

describe('a process', () => {
  it('is described by the schemas of its inputs, without those that the server fills in', async () => {
    const described = (await test.call('GET', `/processes/${process}`)).json();
    expect(described).toMatchObject({
      id: process,
      version: 'develop',
      title: 'L1B processing',
      description: 'Brightness temperatures',
      keywords: [],
      mutable: true,
      jobControlOptions: ['async-execute'],
    });
    expect(described.inputs.input_collection_id).toMatchObject({ schema: { type: 'string' }, minOccurs: 1 });
    expect(described.inputs.static_dir.minOccurs).toBe(0);
    expect(Object.keys(described.inputs)).not.toContain('job_id');
    expect(Object.keys(described.inputs)).not.toContain('jobs_data_sns_topic_arn');
    expect(described.outputs.output.schema).toEqual(expect.any(Object));
    expect(described.outputs.output).not.toHaveProperty('minOccurs');
    expect(Object.values(described)).not.toContain(null);
  });

  it('is listed page by page', async () => {
    for (const id of ['page-a', 'page-b']) await test.call('POST', '/processes', packageBody(id), packageType);
    const first = (await test.call('GET', '/processes?limit=1')).json();
    expect(first.processes).toHaveLength(1);
    const next = first.links.find((link: { rel: string }) => link.rel === 'next').href;
    expect((await test.call('GET', next.replace('http://localhost:5001', ''))).json().processes[0].id).toBe('page-a');
    expect((await test.call('GET', '/processes?limit=0')).statusCode).toBe(400);
    expect((await test.call('GET', '/processes?limit=10001')).statusCode).toBe(200);
  });

  it('is deployed as an application package, replaced, given back and undeployed', async () => {
    const deployed = await test.call('POST', '/processes', packageBody('package'), packageType);
    expect(deployed.statusCode, deployed.body).toBe(201);
    expect(deployed.headers.location).toBe('http://localhost:5001/processes/package');
    expect(deployed.json()).toMatchObject({ id: 'package', version: '2.0', title: 'A package', keywords: ['a', 'b'] });

    const again = await test.call('POST', '/processes', packageBody('package'), packageType);
    expect(again.json()).toMatchObject({ status: 409, type: `${part2}duplicated-process` });

    const changed = { ...packageBody('package'), processDescription: { title: 'Changed' } };
    expect((await test.call('PUT', '/processes/package', changed, packageType)).statusCode).toBe(204);
    expect((await test.call('GET', '/processes/package')).json()).toMatchObject({ title: 'Changed', version: '2.0' });
    const given = await test.call('GET', '/processes/package/package');
    expect(given.headers['content-type']).toContain('application/ogcapppkg+json');
    expect(given.json()).toEqual(changed);

    const gone = await test.call('DELETE', '/processes/package');
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/package'],
    ] as const) {
      const answer = await test.call(method, `/processes/package${path}`);
      expect(answer.json()).toMatchObject({ status: 404, type: `${part1}no-such-process` });
    }
    expect((await test.call('PUT', '/processes/package', changed, packageType)).statusCode).toBe(404);
  });

  it('takes its id from the URL of its document where the package names none', async () => {
    const body = { executionUnit: [{ href: 'https://cwl.test/workflow.cwl', type: 'application/cwl' }] };
    const deployed = await test.call('POST', '/processes', body, packageType);
    expect(deployed.statusCode, deployed.body).toBe(201);
    expect(deployed.json()).toMatchObject({ id: 'workflow', title: 'L1B', version: '1.0.0' });
  });

  it('is deployed as a CWL document in YAML or JSON, of which `w` picks a workflow', async () => {
    const yaml = { 'content-type': 'application/cwl+yaml' };
    const document = 'cwlVersion: v1.2\nclass: Workflow\nid: bare\ninputs: []\noutputs: []\nsteps: []\n';
    const deployed = await test.call('POST', '/processes', document, yaml);
    expect(deployed.statusCode, deployed.body).toBe(201);
    expect(deployed.json().id).toBe('bare');
    expect((await test.call('GET', '/processes/bare/package')).body).toBe(document);

    const graph = JSON.stringify({
      cwlVersion: 'v1.2',
      $graph: [
        { id: '#one', class: 'Workflow' },
        { id: '#two', class: 'Workflow' },
      ],
    });
    await test.call('POST', '/processes', graph, { 'content-type': 'application/cwl+json' });
    expect(test.packed.at(-1)?.workflow).toBe('one');
    const second = await test.call('POST', '/processes?w=two', graph, { 'content-type': 'application/cwl' });
    expect(second.json().id).toBe('two');
    expect(test.packed.at(-1)?.workflow).toBe('two');
    expect((await test.call('POST', '/processes', 'a: [', yaml)).json().detail).toContain('YAML');
  });

  it.each([
    ['POST', '/processes'],
    ['PUT', '/processes/null'],
  ])('is refused by %s %s in a media type that is none of deploys', async (method, url) => {
    const answer = await test.call(method, url, 'x', { 'content-type': 'text/plain' });
    expect(answer.json()).toMatchObject({ status: 415, type: `${part2}unsupported-media-type` });
    expect(answer.json().detail).toContain('text/plain');
  });

  it('is refused where its execution unit is neither CWL nor a container image', async () => {
    const body = { executionUnit: { type: 'application/wasm', href: 'https://example.org/a.wasm' } };
    const answer = await test.call('POST', '/processes', body, packageType);
    expect(answer.json()).toMatchObject({ status: 501, detail: expect.stringContaining('application/wasm') });
  });
});

describe('a job', () => {
  it('is made by execution, asynchronously where its process can do no other', async () => {
    const answer = await test.call(
      'POST',
      `/processes/${process}/execution`,
      { inputs: { ...l1bInputs, start_datetime: { value: '2016-01-14T08:00:00Z' } }, outputs: { output: {} } },
      { prefer: 'respond-async' },
    );
    expect(answer.statusCode, answer.body).toBe(201);
    const info = answer.json();
    expect(info).toMatchObject({ type: 'process', processID: process, status: 'accepted' });
    expect(answer.headers.location).toBe(`http://localhost:5001/jobs/${info.jobID}`);
    expect(test.memory.jobs.get(info.jobID)?.inputs).toEqual(l1bInputs);
    expect((await test.call('GET', `/jobs/${info.jobID}`)).json()).toEqual(info);
  });

  it.each([
    [{ inputs: {} }, 'input_collection_id'],
    [{ inputs: l1bInputs, outputs: { nothing: {} } }, 'outputs.nothing'],
    [{ inputs: [] }, 'inputs must be object'],
    [{ inputs: l1bInputs, labels: [1] }, 'labels[0]'],
  ])('is refused for %j', async (body, reason) => {
    const answer = await test.call('POST', `/processes/${process}/execution`, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toContain(reason);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it('is found by its labels (all of them), status, process and user', async () => {
    const id = await submit(['ogc', 'x']);
    await submit(['ogc']);
    const found = async (query: string) =>
      (await test.call('GET', `/jobs?${query}`)).json().jobs.map((job: { jobID: string }) => job.jobID);
    expect(await found('label=ogc&label=x')).toEqual([id]);
    expect(await found('label=ogc')).toHaveLength(2);
    expect(await found('label=ogc&status=successful')).toEqual([]);
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded' }));
    expect(await found('label=ogc&status=successful,failed')).toEqual([id]);
    expect(await found(`label=ogc&processID=${process}&user=anonymous`)).toHaveLength(2);
    expect(await found('label=ogc&user=nobody')).toEqual([]);
    expect(await found('label=ogc&type=service')).toEqual([]);
    expect(await found('label=ogc&type=service,process')).toHaveLength(2);
    expect((await found('label=ogc&sortby=created'))[0]).toBe(id);
    expect((await found('label=ogc&sortby=-created'))[1]).toBe(id);
    expect((await test.call('GET', '/jobs?sortby=user')).json().detail).toContain('sortby must be one of');
  });

  it('list has ten entries unless told otherwise, and links to the next ones', async () => {
    for (let n = 0; n < 12; n += 1) await submit(['many']);
    const first = (await test.call('GET', '/jobs?label=many')).json();
    expect(first.jobs).toHaveLength(10);
    const next = first.links.find((link: { rel: string }) => link.rel === 'next').href;
    const second = (await test.call('GET', next.replace('http://localhost:5001', ''))).json();
    expect(second.jobs).toHaveLength(2);
    expect(second.links.map((link: { rel: string }) => link.rel)).toEqual(['self', 'prev']);
  });

  it('has results once it succeeded', async () => {
    const id = await submit();
    expect((await test.call('GET', `/jobs/${id}/results`)).json()).toMatchObject({
      status: 404,
      type: `${part1}result-not-ready`,
    });
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: { count: 5 } }));
    const results = await test.call('GET', `/jobs/${id}/results`);
    expect(results.json()).toEqual({ count: 5 });
    expect(results.headers.link).toBeUndefined();
  });

  it('is dismissed while it is open', async () => {
    const id = await submit();
    test.memory.apply(statusUpdate({ id, status: 'running', attempt: 1 }));
    const answer = await test.call('DELETE', `/jobs/${id}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ jobID: id, type: 'process', status: 'dismissed' });
    expect((await test.call('GET', `/jobs/${id}`)).json().status).toBe('dismissed');
    expect((await test.call('GET', `/jobs/${id}/results`)).statusCode).toBe(410);
  });

  it('that ended keeps its status when its outputs are removed', async () => {
    const id = await submit();
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: { count: 5 } }));
    for (let times = 0; times < 2; times += 1) {
      const answer = await test.call('DELETE', `/jobs/${id}`);
      expect(answer.json()).toMatchObject({ jobID: id, status: 'dismissed' });
    }
    expect(test.memory.jobs.get(id)).toMatchObject({ status: 'succeeded', 'removed-time': expect.any(String) });
    expect((await test.call('GET', `/jobs/${id}/results`)).json()).toMatchObject({ status: 410 });
    expect((await test.call('GET', `/jobs/${id}`)).json().status).toBe('successful');
  });

  it.each(['none', '..', '%2e%2e', 'a%2fb', 'x'.repeat(600)])('that is not there is not found: %s', async (id) => {
    const answer = await test.call('GET', `/jobs/${id}/results`);
    expect(answer.statusCode).toBe(404);
  });
});
