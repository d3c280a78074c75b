import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { writeFakeContainerEngine } from '../support/fake-container-engine.ts';
import { schemaFaults } from '../support/ogc-schemas.ts';
import { eventually } from '../support/wait.ts';
import { call, deployBody, exampleUrl, type Json, verdictOf } from '../support/wps-t.ts';

const part1 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const part2 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/';
const PACKAGE = 'application/ogcapppkg+json';
const href = exampleUrl('no-update-steps/workflow.cwl');

const tool = (id: string, word: string): Json => ({
  class: 'CommandLineTool',
  id,
  baseCommand: ['echo', '-n', word],
  inputs: [],
  outputs: [{ id: 'said', type: 'stdout' }],
});
const workflow = (id: string, run: string): Json => ({
  class: 'Workflow',
  id,
  inputs: [],
  outputs: [{ id: 'said', type: 'File', outputSource: 'say/said' }],
  steps: [{ id: 'say', run: `#${run}`, in: [], out: ['said'] }],
});
const graph = {
  cwlVersion: 'v1.2',
  $graph: [tool('one-tool', '1'), tool('two-tool', '2'), workflow('first', 'one-tool'), workflow('second', 'two-tool')],
};
const yaml = (id: string): string =>
  `cwlVersion: v1.2\nclass: CommandLineTool\nid: ${id}\nbaseCommand: [echo, yaml]\ninputs: []\noutputs: []\n`;

let folder: string;
let daybook: Daybook;
let ades: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-deploy-'));
  writeFakeContainerEngine(folder, 'docker');
  const flags = ['--job-paths', folder, '--cwltool-arguments', '--no-match-user'];
  daybook = await startOnTarget({ flags, environment: { PATH: `${folder}:/usr/local/bin:/usr/bin:/bin` } });
  ades = daybook.ades;
});
afterAll(async () => {
  await daybook.stop();
  rmSync(folder, { recursive: true, force: true });
});

const send = (method: string, path: string, body: unknown, mediaType: string) =>
  call(method, `${ades}/processes${path}`, body, { 'content-type': mediaType });
const execute = async (id: string, inputs: Json = {}, more: Json = {}): Promise<Json> => {
  const answer = await call('POST', `${ades}/processes/${id}/execution`, { inputs, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

const docker = (id: string, image = 'science/calibrate:3'): Json => ({
  processDescription: {
    id,
    version: '1.2.3',
    inputs: {
      word: { title: 'A word', schema: { type: 'string' } },
      more: { schema: { type: 'object' }, minOccurs: 0 },
    },
    outputs: { said: { schema: { type: 'string' } } },
  },
  executionUnit: { type: 'docker', image },
});

describe.each([
  [
    'an application package with a link',
    PACKAGE,
    (id: string) => ({ processDescription: { id }, executionUnit: { href, type: 'application/cwl' } }),
  ],
  [
    'an application package with the description in process',
    PACKAGE,
    (id: string) => ({ processDescription: { process: { id } }, executionUnit: [{ href }] }),
  ],
  [
    'an application package with its CWL as a qualified value',
    PACKAGE,
    (id: string) => ({
      processDescription: { id },
      executionUnit: { value: { cwlVersion: 'v1.2', ...tool(id, 'x') }, mediaType: 'application/cwl+json' },
    }),
  ],
  [
    'an application package with its CWL as text',
    PACKAGE,
    (id: string) => ({
      processDescription: { id },
      executionUnit: { value: yaml(id), mediaType: 'application/cwl+yaml' },
    }),
  ],
  ['an application package with a container image', PACKAGE, docker],
  ['a CWL document in YAML', 'application/cwl+yaml', yaml],
  ['a CWL document of unsaid syntax', 'application/cwl', yaml],
  [
    'a CWL document in JSON',
    'application/cwl+json',
    (id: string) => JSON.stringify({ cwlVersion: 'v1.2', ...tool(id, 'x') }),
  ],
] as const)('%s', (name, mediaType, bodyOf) => {
  it('is deployed, once, replaced, given back as it came, and undeployed', async () => {
    const id = name.replaceAll(' ', '-');
    const body = bodyOf(id);
    const deployed = await send('POST', '', body, mediaType);
    expect(deployed.status, JSON.stringify(deployed.body)).toBe(201);
    expect(deployed.headers.get('location')).toBe(`${ades}/processes/${id}`);
    expect(schemaFaults('process', deployed.body)).toEqual([]);
    expect(deployed.body).toMatchObject({ id, mutable: true });
    const described = await call('GET', `${ades}/processes/${id}`);
    expect(schemaFaults('process', described.body)).toEqual([]);

    const again = await send('POST', '', body, mediaType);
    expect([again.status, again.body.type]).toEqual([409, `${part2}duplicated-process`]);

    const replaced = await send('PUT', `/${id}`, body, mediaType);
    expect([replaced.status, replaced.body]).toEqual([204, '']);
    const given = await call('GET', `${ades}/processes/${id}/package`);
    expect([given.status, given.headers.get('content-type')]).toEqual([200, expect.stringContaining(mediaType)]);
    expect(given.body).toEqual(typeof body === 'string' && mediaType.endsWith('json') ? JSON.parse(body) : body);

    expect((await call('DELETE', `${ades}/processes/${id}`)).status).toBe(204);
    const gone = await call('GET', `${ades}/processes/${id}/package`);
    expect([gone.status, gone.body.type]).toEqual([404, `${part1}no-such-process`]);
    expect((await send('PUT', `/${id}`, body, mediaType)).status).toBe(404);
  });
});

describe('a CWL document with several workflows', () => {
  it('is deployed as its first workflow, or as the one that `w` names', async () => {
    const first = await send('POST', '', JSON.stringify(graph), 'application/cwl+json');
    expect([first.status, first.body.id]).toEqual([201, 'first']);
    const second = await send('POST', '?w=second', JSON.stringify(graph), 'application/cwl+json');
    expect([second.status, second.body.id]).toEqual([201, 'second']);
    expect([await execute('first'), await execute('second')]).toEqual([1, 2].map(String));
    expect((await send('PUT', '/first?w=second', JSON.stringify(graph), 'application/cwl+json')).status).toBe(204);
    expect(await execute('first')).toBe('2');
    const none = await send('POST', '?w=third', JSON.stringify(graph), 'application/cwl+json');
    expect([none.status, none.body.type]).toEqual([400, `${part2}workflow-not-found`]);
  });
});

describe('a container image', () => {
  it('gets its inputs as arguments, and gives back what it writes', async () => {
    const deployed = await send('POST', '', docker('calibrate'), PACKAGE);
    expect(deployed.status, JSON.stringify(deployed.body)).toBe(201);
    const { jobID } = (
      await call(
        'POST',
        `${ades}/processes/calibrate/execution`,
        { inputs: { word: 'two words', more: { a: [1] } } },
        { prefer: 'respond-async' },
      )
    ).body;
    // The engine of this test has no images: it fails to run the first argument as a program, and says which that was.
    const job = await verdictOf(daybook.database, jobID);
    const log = (await call('GET', `${ades}/jobs/${jobID}/logs/cwltool`)).body;
    expect(job.status).toBe('failed');
    expect(log).toContain('science/calibrate:3');
    expect(log).toMatch(/--more\s*\\?\s*'\{"a":\[1\]\}'/);
    expect(log).toMatch(/--word\s*\\?\s*'two words'/);
  });

  it('without a name is refused', async () => {
    const answer = await send('POST', '', { ...docker('nameless'), executionUnit: { type: 'docker' } }, PACKAGE);
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('executionUnit.image')]);
  });
});

describe('a deploy is refused', () => {
  it.each([
    ['POST', '', 'echo'],
    ['PUT', '/echo', 'echo'],
  ])('by %s /processes%s of a built-in process', async (method, path, id) => {
    const answer = await send(method, path, { processDescription: { id }, executionUnit: { href } }, PACKAGE);
    expect([answer.status, answer.body.type]).toEqual([403, `${part2}immutable-process`]);
  });

  it.each(['POST', 'PUT'])('by %s with a media type that is none of deploys, before anything else', async (method) => {
    const answer = await send(method, method === 'PUT' ? '/null' : '', 'x', 'text/plain');
    expect([answer.status, answer.body.type]).toEqual([415, `${part2}unsupported-media-type`]);
  });

  it.each([
    [{}, 'executionUnit'],
    [{ executionUnit: 5 }, 'executionUnit'],
    [{ executionUnit: { href: 'relative.cwl' } }, 'executionUnit'],
    [{ executionUnit: { value: 'class: Workflow' } }, 'cwlVersion'],
  ])('with the package %j, by a reason', async (body, reason) => {
    const answer = await send('POST', '', body, PACKAGE);
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining(reason)]);
  });
});

describe('versions of a process', () => {
  it('stand beside each other in the OGC form too, where their ids end with them', async () => {
    for (const version of ['2.0', '1.0']) {
      const body = {
        processDescription: { id: `twice:${version}`, version, title: `Version ${version}` },
        executionUnit: { href: exampleUrl('echo/echo.cwl'), type: 'application/cwl' },
      };
      expect((await send('POST', '', body, PACKAGE)).status).toBe(201);
    }
    expect((await call('GET', `${ades}/processes/twice`)).body).toMatchObject({ id: 'twice:1.0', version: '1.0' });
    expect((await call('GET', `${ades}/processes/twice:2.0`)).body).toMatchObject({ title: 'Version 2.0' });
  });

  it('stand beside each other; without a version the newest is meant', async () => {
    const url = (name: string): string => `${ades}/processes/${name}`;
    for (const version of ['2.0', '1.0']) {
      const path = version === '2.0' ? 'no-update-steps/workflow.cwl' : 'echo/echo.cwl';
      expect((await call('POST', `${ades}/processes`, deployBody('beside', exampleUrl(path), version))).status).toBe(
        201,
      );
    }
    expect((await call('GET', url('beside:2.0'))).body.inputs).toHaveProperty('text');
    const newest = (await call('GET', url('beside'))).body;
    expect([newest.id, newest.version, Object.keys(newest.inputs)]).toEqual(['beside:1.0', '1.0', ['message']]);

    const answer = await call('POST', `${url('beside')}/jobs`, { inputs: [{ id: 'message', data: 'hello' }] });
    expect(answer.headers.get('location')).toContain('/processes/beside:1.0/jobs/');
    const jobID = (answer.headers.get('location') as string).split('/').at(-1) as string;
    expect(await verdictOf(daybook.database, jobID)).toMatchObject({ 'process-id': 'beside:1.0', status: 'succeeded' });
    for (const name of ['beside', 'beside:1.0']) {
      expect((await call('GET', `${url(name)}/jobs/${jobID}`)).body.status).toBe('succeeded');
      const listed = await eventually('the job to be listed', async () => {
        const { jobs } = (await call('GET', `${url(name)}/jobs`)).body;
        return jobs.length > 0 ? jobs : undefined;
      });
      expect(listed.map((job: Json) => job.jobID)).toEqual([jobID]);
    }
    expect((await call('GET', `${url('beside:2.0')}/jobs/${jobID}`)).status).toBe(404);

    expect((await call('DELETE', url('beside'))).status).toBe(404);
    expect((await call('DELETE', url('beside:1.0'))).status).toBe(200);
    expect((await call('GET', url('beside'))).body.id).toBe('beside:2.0');
  });

  it('of a process in an OGC form is a name for it, and its jobs stay readable when it is replaced', async () => {
    await send('POST', '', JSON.stringify({ cwlVersion: 'v1.2', ...tool('kept', 'old') }), 'application/cwl+json');
    const { version } = (await call('GET', `${ades}/processes/kept`)).body;
    expect((await call('GET', `${ades}/processes/kept:${version}`)).body.id).toBe('kept');
    expect((await call('GET', `${ades}/processes/kept:9`)).status).toBe(404);
    const { jobID } = (await call('POST', `${ades}/processes/kept/execution`, {}, { prefer: 'respond-async' })).body;
    await verdictOf(daybook.database, jobID);
    const replaced = {
      processDescription: { version: '2' },
      executionUnit: { value: { cwlVersion: 'v1.2', ...tool('kept', 'new') } },
    };
    expect((await send('PUT', '/kept', replaced, PACKAGE)).status).toBe(204);
    expect((await call('GET', `${ades}/processes/kept:2`)).body.version).toBe('2');
    expect(await execute('kept')).toBe('new');
    expect((await call('GET', `${ades}/jobs/${jobID}/results`)).body).toBe('old');
    expect((await call('GET', `${ades}/processes/kept/jobs/${jobID}`)).body.status).toBe('succeeded');
    expect((await call('DELETE', `${ades}/processes/kept`)).status).toBe(204);
    expect((await call('GET', `${ades}/jobs/${jobID}/results`)).body).toBe('old');
  });
});
