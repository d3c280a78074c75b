import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { startProgram } from '../support/program.ts';
import { eventually } from '../support/wait.ts';
import { call, type Json } from '../support/wps-t.ts';

const { ades, database, bus, dataDir } = sharedDaybook();
const { engine, busUrl } = inject('target');

async function workers(url: string): Promise<Json[]> {
  const query = { query: { range: { 'heartbeat-time': { gte: 'now-1m' } } } };
  const { body } = await call('POST', `${url}/workers/_search`, query);
  return body.hits?.hits.map((hit: Json) => hit._source) ?? [];
}

describe('the index workers', () => {
  it('has a document of each worker, and its heartbeat goes on', async () => {
    const first = await eventually('a running worker', async () => (await workers(database)).find(isReady));
    expect(first).toMatchObject({
      id: expect.any(String),
      host: expect.any(String),
      version: expect.any(String),
      slots: expect.any(Number),
      'running-jobs': expect.any(Array),
      'cwltool-mode': expect.stringMatching(/^(warm|cold)$/),
      sandbox: expect.any(Boolean),
    });
    expect(typeof first['sandbox-reason']).toBe(first.sandbox ? 'undefined' : 'string');
    await eventually('another heartbeat', async () =>
      (await workers(database)).find(
        ({ id, 'heartbeat-time': time }) => id === first.id && time > first['heartbeat-time'],
      ),
    );
  });

  it('is listed in the health of the ADES', async () => {
    const known = await eventually('a running worker', async () => (await workers(database)).find(isReady));
    const health = await call('GET', `${ades}/health`);
    expect(health.body.workers).toContainEqual(
      expect.objectContaining({ id: known.id, state: expect.any(String), slots: known.slots, sandbox: known.sandbox }),
    );
  });

  it.runIf(engine === 'embedded' && busUrl === undefined)('shows a worker that was stopped', async () => {
    const reach = ['--database-port', new URL(database).port, '--bus-port', new URL(bus).port];
    const other = await startProgram(['worker', '--data-dir', dataDir, '--work-dir', join(dataDir, 'other'), ...reach]);
    const started = await eventually('a second worker', async () => {
      const ready = (await workers(database)).filter(isReady);
      return ready.length > 1 ? ready : undefined;
    }).finally(() => other.stop());
    await eventually('it to be stopped', async () =>
      (await workers(database)).find(
        ({ id, state }) => started.some((worker) => worker.id === id) && state === 'stopped',
      ),
    );
  });
});

function isReady(worker: Json): boolean {
  return worker.state === 'running' && worker['cwltool-mode'] !== undefined;
}
