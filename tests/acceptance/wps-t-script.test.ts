import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { deployBody, exampleUrl, executeBody, type Json, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const name = `script-${Date.now().toString(36)}`;
const url = `/processes/${name}:develop`;

interface RawAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: Json;
}

/** Sends what `curl -0 -H Expect: -H 'Content-Type: application/json; charset=utf-8'` sends. */
function curl(method: string, path: string, body?: unknown): Promise<RawAnswer> {
  const { host, hostname, port } = new URL(ades);
  const content = body === undefined ? '' : JSON.stringify(body);
  const type =
    body === undefined
      ? ''
      : `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(content)}\r\n`;
  return new Promise((resolve, reject) => {
    const head = `${method} ${path} HTTP/1.0\r\nHost: ${host}\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\nExpect:\r\n${type}\r\n`;
    const socket = connect(Number(port), hostname, () => socket.write(head + content));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => {
      const [top = '', ...rest] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.[01] (\d+)/.exec(top)?.[1]);
      resolve({ status, location: /^location: (\S+)$/im.exec(top)?.[1], body: JSON.parse(rest.join('\r\n\r\n')) });
    });
    socket.on('error', reject);
    socket.setTimeout(30_000, () => socket.destroy(new Error(`no end of the answer: ${text}`)));
  });
}

describe('a script of WPS-T, over HTTP/1.0', () => {
  it('deploys, submits, watches, reads and undeploys', async () => {
    const deployed = await curl('POST', '/processes', deployBody(name, exampleUrl('echo/echo.cwl')));
    expect(deployed.status).toBe(201);
    const summary = deployed.body.deploymentResult.processSummary;
    const members = ['id', 'title', 'abstract', 'keywords', 'version', 'jobControlOptions', 'processDescriptionURL'];
    expect(Object.keys(summary).sort()).toEqual(members.sort());
    expect(summary).toMatchObject({ id: name, version: 'develop', processDescriptionURL: `${ades}${url}` });

    const entry = (await curl('GET', '/processes')).body.processes.find((each: Json) => each.id === `${name}:develop`);
    expect(entry).toMatchObject({
      abstract: `Abstract of ${name}`,
      executionUnit: 'docker.registry/ndvims:latest',
      immediateDeployment: 'true',
      jobControlOptions: ['async-execute'],
      keywords: '',
      outputTransmission: ['reference'],
      owsContextURL: exampleUrl('echo/echo.cwl'),
      processVersion: 'develop',
      title: `Title of ${name}`,
    });
    const { process } = (await curl('GET', url)).body;
    expect(process.inputs).toEqual([{ id: 'message', title: expect.any(String), formats: [expect.any(Object)] }]);
    expect(process.outputs).toEqual([{ id: 'output', title: expect.any(String), formats: [expect.any(Object)] }]);
    expect((await curl('GET', `${url}/jobs`)).body).toEqual({ jobs: [] });

    const submitted = await curl('POST', `${url}/jobs`, executeBody({ message: 'naïve' }, ['script']));
    expect([submitted.status, submitted.body]).toEqual([201, {}]);
    expect(submitted.location).toMatch(new RegExp(`^${ades}${url}/jobs/[^/]+$`));
    const job = new URL(submitted.location!).pathname;
    const jobID = job.split('/').at(-1)!;
    await verdictOf(database, jobID);
    expect((await curl('GET', job)).body).toEqual({ jobID, status: 'succeeded', message: expect.any(String) });
    const { outputs } = (await curl('GET', `${job}/result`)).body;
    expect(outputs).toEqual([{ id: 'output', mimeType: 'text/plain', href: expect.stringContaining(ades) }]);
    expect(await (await fetch(outputs[0].href)).text()).toBe('naïve\n');
    const listed = await eventually('the job in the list', async () => {
      const { jobs } = (await curl('GET', `${url}/jobs`)).body;
      return jobs.find((each: Json) => each.status === 'succeeded');
    });
    expect(listed).toMatchObject({ jobID, inputs: [{ id: 'message', data: 'naïve' }] });

    const undeployed = await curl('DELETE', url);
    expect([undeployed.status, undeployed.body.undeploymentResult]).toEqual([
      200,
      expect.objectContaining({ id: `${name}:develop`, keywords: '', title: `Title of ${name}` }),
    ]);
    const left = (await curl('GET', '/processes')).body.processes.map((each: Json) => each.id);
    expect(left).not.toContain(`${name}:develop`);
    expect((await curl('GET', job)).body.status).toBe('succeeded');
  });

  it('dismisses a job', async () => {
    const sleeper = `${name}-sleep`;
    await curl('POST', '/processes', deployBody(sleeper, exampleUrl('sleep/sleep.cwl')));
    const { location } = await curl('POST', `/processes/${sleeper}:develop/jobs`, executeBody({ seconds: 600 }));
    const job = new URL(location!).pathname;
    const { statusInfo } = (await curl('DELETE', job)).body;
    expect(statusInfo).toEqual({
      jobID: job.split('/').at(-1),
      procID: `${sleeper}:develop`,
      status: 'dismissed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      inputs: { seconds: 600 },
    });
    expect((await curl('GET', job)).body.status).toBe('dismissed');
    expect((await curl('GET', `${job}/result`)).status).toBe(410);
  });
});
