import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '@daybook/search-engine';
import { Client } from '@elastic/elasticsearch';
import { createElasticsearchApi, type ElasticsearchApiOptions } from '../index.ts';

/** A server on a free port over an empty engine, and the official client of version 8. */
export interface TestApi {
  readonly url: string;
  readonly client: Client;
  readonly engine: Engine;
  /** A request as it stands, and what came back. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
  stop(): Promise<void>;
}

interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text parsed; undefined when it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have as many shapes as there are APIs
  readonly json: any;
}

/** Starts one; stop it when done. */
export async function startApi(options: Partial<Omit<ElasticsearchApiOptions, 'engine'>> = {}): Promise<TestApi> {
  const directory = await mkdtemp(join(tmpdir(), 'elasticsearch-api-'));
  const engine = await openEngine({ directory, durability: 'async' });
  const api = await createElasticsearchApi({ port: 0, ...options, engine });
  const client = new Client({ node: api.url });
  return {
    url: api.url,
    client,
    engine,
    send: async (method, path, body, headers = {}) => {
      const isText = typeof body === 'string';
      const type = isText ? 'application/x-ndjson' : 'application/json';
      const response = await fetch(`${api.url}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    stop: async () => {
      await client.close();
      await api.close();
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
