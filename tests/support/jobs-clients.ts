import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client as Elasticsearch8 } from '@elastic/elasticsearch';
import { Client as OpenSearch } from '@opensearch-project/opensearch';
// @ts-expect-error: the package declares its types for CommonJS only
import { Client as Elasticsearch7 } from 'elasticsearch-7.10';
import { inject } from 'vitest';
import { root } from './program.ts';
import type { Json } from './wps-t.ts';

/** What the tests ask of the jobs database, through the official JavaScript client that its engine takes. */
export interface JobsClient {
  search(body: Json): Promise<Json>;
  get(id: string): Promise<Json>;
  close(): Promise<void>;
}

export function officialClient(node: string): JobsClient {
  if (inject('target').engine === 'embedded') {
    const client = new Elasticsearch8({ node });
    return {
      search: (body) => client.search({ index: 'jobs', ...body }),
      get: (id) => client.get({ index: 'jobs', id }),
      close: () => client.close(),
    };
  }
  const client: Json =
    inject('target').engine === 'opensearch' ? new OpenSearch({ node }) : new Elasticsearch7({ node });
  return {
    search: async (body) => (await client.search({ index: 'jobs', body })).body,
    get: async (id) => (await client.get({ index: 'jobs', id })).body,
    close: async () => client.close(),
  };
}

/** The folder in which set-up laid out the Python client of this run's engine. */
const pythonClients = { embedded: 'elasticsearch8', elasticsearch: 'elasticsearch7', opensearch: 'opensearch' };

/** Runs a Python script with the official client of this run's engine, and gives the JSON that it prints. */
export function python(script: string, ...args: readonly string[]): Json {
  const interpreter = join(root, '.venv/bin/python');
  const clients = join(root, '.setup/python');
  const path = ['boto3', pythonClients[inject('target').engine]].map((name) => join(clients, name));
  for (const needed of [interpreter, ...path]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing: npm test makes it`);
  }
  const done = spawnSync(interpreter, ['-c', script, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, PYTHONPATH: path.join(':') },
  });
  if (done.status !== 0) throw new Error(`Python ended with ${done.status}: ${done.stderr}`);
  return JSON.parse(done.stdout);
}
