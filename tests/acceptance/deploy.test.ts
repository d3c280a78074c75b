import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { call, deployBody, exampleUrl } from '../support/wps-t.ts';

const { ades } = sharedDaybook();
const entryKeys = [
  'abstract',
  'executionUnit',
  'id',
  'immediateDeployment',
  'jobControlOptions',
  'keywords',
  'outputTransmission',
  'owsContextURL',
  'processVersion',
  'title',
];

describe('a process in the WPS-T form', () => {
  const name = `deploy-${Date.now().toString(36)}`;

  it('is deployed by the URL of its CWL document, listed, described and undeployed', async () => {
    const deployed = await call('POST', `${ades}/processes`, deployBody(name, exampleUrl('l1b-cwl/workflow.cwl')));
    expect(deployed.status).toBe(201);
    const summary = deployed.body.deploymentResult.processSummary;
    expect(summary).toMatchObject({
      id: name,
      version: 'develop',
      title: `Title of ${name}`,
      jobControlOptions: ['async-execute'],
    });
    expect(summary.processDescriptionURL).toMatch(new RegExp(`/processes/${name}:develop$`));

    const list = await call('GET', `${ades}/processes?limit=1000`);
    const entry = list.body.processes.find((each: { id: string }) => each.id === `${name}:develop`);
    expect(Object.keys(entry)).toEqual(expect.arrayContaining(entryKeys));
    expect(entry).toMatchObject({
      immediateDeployment: 'true',
      keywords: '',
      executionUnit: 'docker.registry/ndvims:latest',
    });
    expect(entry.owsContextURL).toBe(exampleUrl('l1b-cwl/workflow.cwl'));

    const described = await call('GET', `${ades}/processes/${name}:develop`);
    expect(described.status).toBe(200);
    expect(Object.keys(described.body.process)).toEqual(expect.arrayContaining([...entryKeys, 'inputs', 'outputs']));
    expect(described.body.process.inputs.map((input: { id: string }) => input.id)).toContain('input_collection_id');
    expect(described.body.inputs.input_collection_id.schema).toMatchObject({ type: 'string' });

    const undeployed = await call('DELETE', `${ades}/processes/${name}:develop`);
    expect(undeployed.status).toBe(200);
    expect(undeployed.body.undeploymentResult.id).toBe(`${name}:develop`);
    const after = await call('GET', `${ades}/processes?limit=1000`);
    expect(after.body.processes.map((each: { id: string }) => each.id)).not.toContain(`${name}:develop`);
    expect((await call('GET', `${ades}/processes/${name}:develop`)).status).toBe(404);
  });

  it('is refused with the reason when its document cannot be reached', async () => {
    const answer = await call('POST', `${ades}/processes`, deployBody(`${name}-none`, exampleUrl('none.cwl')));
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('none.cwl');
  });

  it('is refused with the reason and the line when its document is no valid CWL', async () => {
    const answer = await call(
      'POST',
      `${ades}/processes`,
      deployBody(`${name}-bad`, exampleUrl('l1b-cwl/steps/calibrate.py')),
    );
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(/calibrate\.py/);
  });

  it('is refused when its document lies outside the configured folders', async () => {
    const answer = await call('POST', `${ades}/processes`, deployBody(`${name}-passwd`, 'file:///etc/passwd'));
    expect([400, 403]).toContain(answer.status);
    expect(answer.body.detail).toContain('/etc/passwd');
    expect(JSON.stringify(answer.body)).not.toContain('root:');
  });

  it.each([
    ['no object', [1]],
    ['no process', { processDescription: {} }],
    ['no CWL href', { processDescription: { process: { id: 'x', owsContext: {} } } }],
  ])('is refused with 400 when the body has %s', async (_what, body) => {
    const answer = await call('POST', `${ades}/processes`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 400, detail: expect.any(String) });
  });
});

describe('the server', () => {
  it('answers health with a line for each part', async () => {
    const answer = await call('GET', `${ades}/health`);
    expect(answer.status).toBe(200);
    const text = JSON.stringify(answer.body);
    for (const part of ['database', 'bus', 'ades', 'ingest', 'worker']) expect(text).toContain(part);
    expect((await call('GET', `${ades}/health/live`)).status).toBe(200);
    expect((await call('GET', `${ades}/health/ready`)).status).toBe(200);
  });

  it('has a landing page, its conformance and interactive API documentation', async () => {
    const landing = await call('GET', `${ades}/`);
    const rels = landing.body.links.map((link: { rel: string }) => link.rel);
    expect(rels).toEqual(
      expect.arrayContaining([
        'http://www.opengis.net/def/rel/ogc/1.0/conformance',
        'http://www.opengis.net/def/rel/ogc/1.0/processes',
      ]),
    );
    const conformance = await call('GET', `${ades}/conformance`);
    expect(conformance.body.conformsTo).toContain('http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core');
    const docs = await call('GET', `${ades}/api/docs`);
    expect(docs.status).toBe(200);
    expect(docs.headers.get('content-type')).toContain('text/html');
  });

  it('names what it does not know', async () => {
    const process = await call('GET', `${ades}/processes/no-such-process`);
    expect(process.status).toBe(404);
    expect(process.body.type).toMatch(/no-such-process$/);
    const job = await call('GET', `${ades}/jobs/no-such-job`);
    expect(job.status).toBe(404);
    expect(job.body.type).toMatch(/no-such-job$/);
  });
});
