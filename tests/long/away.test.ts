import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { shellTool, startDocument } from '../support/inline-process.ts';
import { type SeparateParts, startSeparateParts } from '../support/separate-parts.ts';
import { eventually } from '../support/wait.ts';
import { jobDocument, verdictOf } from '../support/wps-t.ts';

const LEASE_SECONDS = 60;
/** Longer than a lease. */
const DATABASE_AWAY_MS = 90_000;
/** A lease is extended at a third of it and counts as lost at five sixths: it bears half of it at any moment. */
const BUS_AWAY_MS = 0.4 * LEASE_SECONDS * 1000;
const { engine, busUrl } = inject('target');
let dataDir: string;
let parts: SeparateParts;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'daybook-away-'));
  parts = await startSeparateParts(dataDir, ['--lease-seconds', String(LEASE_SECONDS), '--max-attempts', '1']);
});
afterAll(async () => {
  await parts?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts a job that runs for about as long, and waits until it does. */
async function startJob(seconds: number): Promise<string> {
  const id = await startDocument(parts.ades, shellTool(`sleep ${seconds}; echo done`));
  await eventually('a running job', async () => {
    const document = await jobDocument(parts.database, id);
    return document?.status === 'running' || undefined;
  });
  return id;
}

describe.runIf(engine === 'embedded' && busUrl === undefined)('a job that runs while', () => {
  it.each([
    ['the database does not answer', 'database', 'hold', DATABASE_AWAY_MS],
    ['the database is killed', 'database', 'kill', DATABASE_AWAY_MS],
    ['the bus does not answer', 'bus', 'hold', BUS_AWAY_MS],
    ['the bus is killed', 'bus', 'kill', BUS_AWAY_MS],
  ] as const)('%s ends as if nothing had been, in the same attempt', async (_what, part, way, awayMs) => {
    const [during, after] = [await startJob(awayMs / 2000), await startJob(awayMs / 1000 + 10)];
    if (way === 'kill') await parts.kill(part);
    else parts.proxies[part].hold();
    await delay(awayMs);
    if (way === 'kill') await parts.start(part);
    else parts.proxies[part].release();
    for (const id of [during, after]) {
      expect(await verdictOf(parts.database, id, 120)).toMatchObject({ status: 'succeeded', attempts: 1 });
    }
  });
});
