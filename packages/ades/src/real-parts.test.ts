import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createAwsApi } from '@daybook/aws-api';
import { createSqsClient, type SqsClient } from '@daybook/aws-client';
import { type Cwltool, openCwltool } from '@daybook/cwltool';
import { createElasticsearchApi } from '@daybook/elasticsearch-api';
import { createElasticsearchClient } from '@daybook/elasticsearch-client';
import { newSecretKeys, parseSecretKeys, verdict } from '@daybook/jobs';
import { type JobsDatabase, openJobsDatabase } from '@daybook/jobs-database';
import { openMessageBus } from '@daybook/message-bus';
import { openOutputStore } from '@daybook/output-store';
import { openEngine } from '@daybook/search-engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ades, createAdes } from './index.ts';
import { deployBody, executeBody, l1bInputs } from './testing/request-bodies.ts';

const PYTHON = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));

/** A database of any engine that may be written to; our own unless one is named. */
const databaseUrl = process.env.DAYBOOK_TEST_DATABASE_URL;
const hasCwltool = existsSync(PYTHON);
if (!hasCwltool) console.log('The Python environment with cwltool is missing: skipped');

describe.skipIf(!hasCwltool)('an ADES over the real database, SQS and cwltool', () => {
  const name = `l1b-${randomUUID().slice(0, 8)}`;
  const closes: (() => Promise<unknown>)[] = [];
  let ades: Ades;
  let database: JobsDatabase;
  let sqs: SqsClient;
  let queueUrl: string;
  let cwltool: Cwltool;

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'daybook-ades-real-'));
    closes.push(() => rm(directory, { recursive: true, force: true }));
    const client = createElasticsearchClient({
      url: databaseUrl ?? (await startDatabase(join(directory, 'database'))),
    });
    closes.push(() => client.close());
    database = openJobsDatabase({ client });
    await database.setUp();
    const bus = await openMessageBus({ directory: join(directory, 'bus') });
    closes.push(() => bus.close());
    const api = await createAwsApi({ bus, port: 0 });
    closes.push(() => api.close());
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    sqs = createSqsClient({ endpoint: api.url, region: 'us-east-1', credentials });
    closes.push(() => sqs.close());
    queueUrl = await sqs.createQueue({ name: 'requests.fifo', attributes: { FifoQueue: 'true' } });
    cwltool = await openCwltool({ python: PYTHON });
    closes.push(() => cwltool.close());
    ades = await createAdes({
      port: 0,
      database,
      requestQueue: { client: sqs, url: queueUrl },
      packer: cwltool,
      fetchPolicy: { fileRoots: [EXAMPLES] },
      outputStore: await openOutputStore({ root: join(directory, 'outputs') }),
      secretKeys: parseSecretKeys(newSecretKeys()),
      topicArn: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
      health: async () => [],
    });
    closes.push(() => ades.close());
  }, 120_000);
  afterAll(async () => {
    for (const close of closes.reverse()) await close();
  });

  async function startDatabase(directory: string): Promise<string> {
    const engine = await openEngine({ directory });
    closes.push(() => engine.close());
    const api = await createElasticsearchApi({ engine, port: 0 });
    closes.push(() => api.close());
    return api.url;
  }

  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(new URL(path, ades.url), {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
      }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as never };
  }

  it('deploys, lists, describes, executes, finds, dismisses and undeploys', async () => {
    const href = pathToFileURL(join(EXAMPLES, 'l1b-cwl/workflow.cwl')).href;
    const deployed = await call('POST', '/processes', deployBody(name, href));
    expect(deployed.status, JSON.stringify(deployed.body)).toBe(201);
    const process = `${name}:develop`;

    const listed: { processes: { id: string }[] } = (await call('GET', '/processes')).body;
    expect(listed.processes.map(({ id }) => id)).toContain(process);
    const described: { inputs: object; process: { inputs: { id: string }[] } } = (
      await call('GET', `/processes/${process}`)
    ).body;
    expect(Object.keys(described.inputs).sort()).toEqual([...Object.keys(l1bInputs), 'archive'].sort());

    const refused = await call('POST', `/processes/${process}/jobs`, executeBody({ inputs: [] }));
    expect(refused.status).toBe(400);
    const labels = [name, 'test'];
    const submitted = await call('POST', `/processes/${process}/jobs`, executeBody({ labels }));
    expect(submitted.status, JSON.stringify(submitted.body)).toBe(201);
    const id = submitted.headers.get('location')!.split('/').at(-1)!;
    expect(await database.getJob(id)).toMatchObject({ id, status: 'submitted', inputs: l1bInputs, labels });
    const [message] = await sqs.receiveMessage({ queueUrl, waitTimeSeconds: 5 });
    expect(JSON.parse(message!.body)).toEqual({ id });
    expect(message!.attributes.MessageGroupId).toBe(id);
    await expect.poll(async () => (await database.getJob(id))?.['queue-time'], { timeout: 5_000 }).toBeDefined();

    const found = async (query: string) => {
      const { jobs }: { jobs: { jobID: string; status: string }[] } = (await call('GET', `/jobs?${query}`)).body;
      return jobs.map(({ jobID, status }) => `${jobID} ${status}`);
    };
    await expect.poll(() => found(`label=${name}&label=test`), { timeout: 5_000 }).toEqual([`${id} accepted`]);
    await database.applyUpdates([verdict({ id, attempt: 1, status: 'succeeded', results: { count: 5 } })]);
    await expect.poll(() => found(`processID=${process}&status=successful`)).toEqual([`${id} successful`]);
    expect((await call('GET', `/jobs/${id}/results`)).body).toEqual({ count: 5 });
    expect((await call('GET', `/jobs/${id}/outputs/count`)).body).toBe(5);

    const second = await call('POST', `/processes/${process}/execution`, { inputs: l1bInputs });
    const { jobID }: { jobID: string } = second.body;
    expect((await call('DELETE', `/processes/${process}/jobs/${jobID}`)).status).toBe(200);
    expect(await database.getJob(jobID)).toMatchObject({ status: 'dismissed', final: true });

    expect((await call('DELETE', `/processes/${process}`)).status).toBe(200);
    expect((await call('GET', `/processes/${process}`)).status).toBe(404);
  }, 60_000);

  it('says why a document cannot be deployed', async () => {
    const refusal = async (path: string) => {
      const href = path.startsWith('file:') ? path : pathToFileURL(join(EXAMPLES, path)).href;
      const { status, body } = await call('POST', '/processes', deployBody(`${name}-bad`, href));
      return { status, detail: (body as { detail: string }).detail };
    };
    expect(await refusal('none.cwl')).toEqual({ status: 400, detail: expect.stringContaining('none.cwl') });
    expect(await refusal('l1b-cwl/steps/calibrate.py')).toEqual({
      status: 400,
      detail: expect.stringContaining('calibrate.py'),
    });
    expect(await refusal('file:///etc/passwd')).toEqual({
      status: 403,
      detail: expect.stringContaining('/etc/passwd'),
    });
  });
});
