import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackRequest } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import { newSecretKeys, parseSecretKeys, type SecretKeys } from '@daybook/jobs';
import { type OutputStore, openOutputStore } from '@daybook/output-store';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type Ades, type AdesOptions, createAdes } from '../index.ts';
import { l1bDocument, secretDocument } from './cwl-documents.ts';
import { createMemoryJobsDatabase, type MemoryJobsDatabase } from './memory-jobs-database.ts';
import { createMemoryRequestQueue, type MemoryRequestQueue } from './memory-request-queue.ts';
import { deployBody } from './request-bodies.ts';

/** An ADES over twins in memory and an output store on disk. */
export interface TestAdes {
  readonly ades: Ades;
  readonly memory: MemoryJobsDatabase;
  readonly queue: MemoryRequestQueue;
  readonly outputStore: OutputStore;
  /** Every pack that was asked for. */
  readonly packed: PackRequest[];
  readonly directory: string;
  call(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Deploys the reference's process and gives its id. */
  deployL1b(): Promise<string>;
  close(): Promise<void>;
}

/** Documents by the last segment of their URLs; any other cannot be reached. */
const DOCUMENTS = new Map([
  ['workflow.cwl', l1bDocument],
  ['secret.cwl', secretDocument],
]);

/** Of every test ADES. */
export const secretKeys: SecretKeys = parseSecretKeys(newSecretKeys());

export async function startTestAdes(options: Partial<AdesOptions> = {}): Promise<TestAdes> {
  const directory = await mkdtemp(join(tmpdir(), 'daybook-ades-'));
  const memory = createMemoryJobsDatabase();
  const queue = createMemoryRequestQueue();
  const outputStore = await openOutputStore({ root: join(directory, 'outputs') });
  const packed: PackRequest[] = [];
  const ades = await createAdes({
    port: 0,
    database: memory.database,
    requestQueue: queue,
    outputStore,
    secretKeys,
    topicArn: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
    health: async () => [{ name: 'database', status: 'ready', detail: 'in memory' }],
    packer: {
      async pack(request) {
        packed.push(request);
        const url = 'url' in request.source ? request.source.url : 'inline/workflow.cwl';
        const document = DOCUMENTS.get(url.split('/').at(-1) ?? '');
        if (document === undefined) throw new DaybookError('not-found', `${url} cannot be fetched`);
        return { document, cwlVersion: 'v1.2', urls: [url], replacedTools: [] };
      },
    },
    ...options,
  });
  const call: TestAdes['call'] = (method, url, body, headers = {}) =>
    ades.app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      headers: {
        host: 'localhost:5001',
        ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
        ...headers,
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    ades,
    memory,
    queue,
    outputStore,
    packed,
    directory,
    call,
    async deployL1b() {
      const answer = await call('POST', '/processes', deployBody());
      if (answer.statusCode !== 201) throw new Error(answer.body);
      return 'l1b-cwl:develop';
    },
    async close() {
      await ades.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
