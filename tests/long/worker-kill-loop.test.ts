import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { type MarkedProcess, markedProcesses } from '../support/marked-processes.ts';
import { randomNumbers } from '../support/random.ts';
import { eventually } from '../support/wait.ts';
import { deployExample, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

const JOBS = Number(process.env.DAYBOOK_TEST_JOBS ?? 300);
const JOBS_PER_BURST = 10;
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const flags = ['--lease-seconds', '3', '--slots', '3', '--max-attempts', '100'];
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-worker-kill-loop-'));
let daybook: Daybook | undefined;

// Stands in the environment of all that is started from here; the tools of jobs have paths in the data directory in theirs.
process.env.DAYBOOK_TEST_MARKER = dataDir;

afterAll(async () => {
  await daybook?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** cwltool's processes: the server, and the supervisors, inits and runners below it; never a tool, of which the death is its job's failure. */
function cwltoolProcesses(): { readonly server: readonly MarkedProcess[]; readonly below: readonly MarkedProcess[] } {
  const python = markedProcesses(dataDir).filter(({ command }) => command.includes('-m daybook_cwltool'));
  const pids = new Set(python.map(({ pid }) => pid));
  return {
    server: python.filter(({ parent }) => !pids.has(parent)),
    below: python.filter(({ parent }) => pids.has(parent)),
  };
}

describe.runIf(process.platform === 'linux')(
  `kill -9 of cwltool's processes and of the whole server while ${JOBS} short jobs run (seed ${seed})`,
  () => {
    it('leaves every accepted job with its one verdict, and no process and no directory', async () => {
      console.log(`DAYBOOK_TEST_SEED=${seed}`);
      const random = randomNumbers(seed);
      const kills = { server: 0, below: 0, all: 0 };
      const expected = new Map<string, string>();
      daybook = await startOnTarget({ dataDir, flags });
      const sleep = await deployExample(daybook.ades, 'sleep/sleep.cwl');
      const fails = await deployExample(daybook.ades, 'fails-in-step-two/workflow.cwl');

      const submitSome = async (): Promise<void> => {
        for (let job = 0; job < JOBS_PER_BURST; job += 1) {
          const failing = random() < 0.3;
          const inputs = failing ? {} : { seconds: Math.round(random() * 30) / 100 };
          const id = await submit(daybook!.ades, failing ? fails : sleep, inputs);
          expected.set(id, failing ? 'failed' : 'succeeded');
        }
      };
      const killOne = async (): Promise<void> => {
        const kind = random() < 0.1 ? 'all' : random() < 0.2 ? 'server' : 'below';
        if (kind === 'all') {
          await daybook!.kill();
          daybook = await startOnTarget({ dataDir, flags });
          kills.all += 1;
          return;
        }
        const found = cwltoolProcesses()[kind];
        const victim = found[Math.floor(random() * found.length)];
        if (victim === undefined) return;
        try {
          process.kill(victim.pid, 'SIGKILL');
          kills[kind] += 1;
        } catch {
          // It has ended by itself.
        }
      };

      while (expected.size < JOBS) {
        await submitSome();
        for (let kill = 0; kill < 3; kill += 1) {
          await delay(random() * 700);
          await killOne();
        }
      }
      const ends = new Map<string, unknown>();
      for (const [id, status] of expected) {
        const document = await verdictOf(daybook.database, id, 300);
        expect([id, document.status]).toEqual([id, status]);
        ends.set(id, document['stop-time']);
      }
      await eventually('nothing of a job runs', async () => (cwltoolProcesses().below.length === 0 ? true : undefined));
      expect(readdirSync(join(dataDir, 'work/jobs'))).toEqual([]);
      for (const [id, end] of ends)
        expect([id, (await jobDocument(daybook.database, id))['stop-time']]).toEqual([id, end]);
      await daybook.stop();
      daybook = undefined;
      await eventually('nothing runs', async () => (markedProcesses(dataDir).length === 0 ? true : undefined));
      console.log(`${expected.size} jobs, ${expected.size} verdicts; killed: ${JSON.stringify(kills)}`);
    });
  },
);
