import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { ownBusResources } from '../support/bus-resources.ts';
import { callSqs } from '../support/bus-wire.ts';
import { deployDocument } from '../support/inline-process.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { randomNumbers } from '../support/random.ts';
import { type PartName, type SeparateParts, startSeparateParts } from '../support/separate-parts.ts';
import { eventually } from '../support/wait.ts';
import { call, type Json, jobDocument, verdictOf } from '../support/wps-t.ts';

const JOBS = Number(process.env.DAYBOOK_TEST_JOBS ?? 300);
const JOBS_PER_BURST = 6;
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const PARTS: readonly PartName[] = ['database', 'bus', 'ades', 'ingest', 'worker', 'worker-2'];
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-cut-loop-'));
const effects = join(dataDir, 'effects');
const { engine, busUrl } = inject('target');
let parts: SeparateParts | undefined;

process.env.DAYBOOK_TEST_MARKER = dataDir;

afterAll(async () => {
  await parts?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What a job does, and how it must end. Each writes a file named by its mark before it ends, beside its outputs. */
const KINDS = {
  succeeds: { script: 'sleep $1; echo $0; touch "$2/$0"', seconds: 0.2, end: 'succeeded' },
  fails: { script: 'echo $0 >&2; touch "$2/$0"; exit 3', seconds: 0, end: 'failed' },
  exceedsItsTime: { script: 'touch "$2/$0"; sleep 120', seconds: 0, end: 'failed' },
  isDismissed: { script: 'sleep 120', seconds: 0, end: 'dismissed' },
} as const;
type Kind = keyof typeof KINDS;

interface AcceptedJob {
  readonly id: string;
  readonly mark: string;
  readonly kind: Kind;
}

/** A tool that runs the script of a kind with its mark as `$0`, its seconds as `$1` and the folder of marks as `$2`. */
function tool(kind: Kind): Json {
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    id: 'tool',
    requirements: kind === 'exceedsItsTime' ? { ToolTimeLimit: { timelimit: 1 } } : {},
    baseCommand: ['sh', '-c', KINDS[kind].script],
    arguments: [{ position: 3, valueFrom: effects }],
    inputs: {
      mark: { type: 'string', inputBinding: { position: 1 } },
      seconds: { type: 'float', inputBinding: { position: 2 } },
    },
    stdout: 'said.txt',
    outputs: { said: { type: 'stdout' } },
  };
}

describe.runIf(process.platform === 'linux' && engine === 'embedded' && busUrl === undefined)(
  `kills, hangs and cut connections of every part while ${JOBS} short jobs run (seed ${seed})`,
  () => {
    it('leave every accepted job with its one verdict and what it did, and no process and no directory', async () => {
      console.log(`DAYBOOK_TEST_SEED=${seed}`);
      const random = randomNumbers(seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      mkdirSync(effects);
      const running = await startSeparateParts(dataDir, [
        ...['--lease-seconds', '3', '--slots', '3', '--max-attempts', '100', '--sandbox', 'off'],
      ]);
      parts = running;
      const processes = {} as Record<Kind, string>;
      for (const kind of Object.keys(KINDS) as Kind[]) processes[kind] = await deployDocument(running.ades, tool(kind));

      const accepted: AcceptedJob[] = [];
      const seen = new Map<string, readonly unknown[]>();
      const cuts: Record<string, number> = {};
      const dismissals: Promise<void>[] = [];

      const submitOne = async (number: number): Promise<void> => {
        const roll = random();
        const kind: Kind =
          roll < 0.6 ? 'succeeds' : roll < 0.75 ? 'fails' : roll < 0.85 ? 'exceedsItsTime' : 'isDismissed';
        const inputs = { mark: `mark-${number}`, seconds: KINDS[kind].seconds };
        const url = `${running.ades}/processes/${processes[kind]}/execution`;
        // A submission without an answer may or may not have become a job.
        const answer = await call('POST', url, { inputs }, { prefer: 'respond-async' }).catch(() => undefined);
        if (answer?.status !== 201) return;
        const id = answer.body.jobID as string;
        accepted.push({ id, mark: inputs.mark, kind });
        if (kind === 'isDismissed') dismissals.push(dismiss(id, random() * 3000));
      };
      const dismiss = async (id: string, afterMs: number): Promise<void> => {
        await delay(afterMs);
        await eventually(
          `the dismissal of ${id}`,
          async () => {
            const { status } = await call('DELETE', `${running.ades}/jobs/${id}`);
            return [200, 410].includes(status) || undefined;
          },
          300,
        );
      };
      const cutOnce = async (): Promise<void> => {
        const part = pick(PARTS);
        const way = pick(['kill', 'kill', 'hang', 'cut', 'hold'] as const);
        const proxy = pick(['database', 'bus'] as const);
        const name = way === 'kill' || way === 'hang' ? `${way} ${part}` : `${way} ${proxy}`;
        cuts[name] = (cuts[name] ?? 0) + 1;
        if (way === 'kill') {
          await running.kill(part);
          await delay(random() * 1000);
          await running.start(part);
        } else if (way === 'hang') {
          running.signal(part, 'SIGSTOP');
          await delay(random() * 6000);
          running.signal(part, 'SIGCONT');
        } else if (way === 'cut') {
          running.proxies[proxy].cut();
        } else {
          running.proxies[proxy].hold();
          await delay(random() * 6000);
          running.proxies[proxy].release();
        }
      };
      const look = async (): Promise<void> => {
        for (const { id } of accepted) {
          const document = await jobDocument(running.database, id).catch(() => undefined);
          if (document?.final && !seen.has(id)) seen.set(id, [document.status, document['stop-time']]);
        }
      };

      for (let number = 0; accepted.length < JOBS; ) {
        const submissions = Array.from({ length: JOBS_PER_BURST }, () => submitOne(number++));
        for (let cut = 0; cut < 2; cut += 1) {
          await delay(random() * 700);
          await cutOnce();
        }
        await Promise.all(submissions);
        await look();
      }
      await Promise.all(dismissals);

      for (const { id, kind, mark } of accepted) {
        const document = await verdictOf(running.database, id, 300);
        if (document.status !== KINDS[kind].end) console.log(JSON.stringify(document));
        expect([id, kind, document.status]).toEqual([id, kind, KINDS[kind].end]);
        if (kind !== 'isDismissed') expect([mark, existsSync(join(effects, mark))]).toEqual([mark, true]);
        if (kind !== 'succeeds') continue;
        const output = await call('GET', document.outputs.said);
        expect([id, output.status, output.body]).toEqual([id, 200, `${mark}\n`]);
      }
      // A job that was made though its submission got no answer has nobody else who dismisses it.
      await eventually(
        'an end of every job that there is',
        async () => {
          const query = { bool: { must_not: { term: { final: true } } } };
          const { body } = await call('POST', `${running.database}/jobs/_search`, {
            query,
            size: 1000,
            _source: false,
          });
          for (const { _id } of body.hits.hits) await call('DELETE', `${running.ades}/jobs/${_id}`);
          return body.hits.hits.length === 0 || undefined;
        },
        120,
      );
      await eventually('no tool runs', async () => {
        const tools = markedProcesses(dataDir).filter(({ command }) => /^sh -c|^sleep/.test(command));
        if (tools.length > 0) throw new Error(`${JSON.stringify(tools)}\n${running.output('worker')}`);
        return true;
      });
      for (const workDir of running.workDirs) {
        const left = (): readonly string[] => readdirSync(join(workDir, 'jobs'));
        await eventually(`no directory is left in ${workDir}`, async () => left().length === 0 || undefined);
      }
      for (const [id, verdict] of seen) {
        const document = await jobDocument(running.database, id);
        expect([id, document.status, document['stop-time']]).toEqual([id, ...verdict]);
      }
      const { updateDeadLetterQueueUrl } = ownBusResources(running.bus);
      const AttributeNames = ['ApproximateNumberOfMessages'];
      const dead = await callSqs(running.bus, 'GetQueueAttributes', {
        QueueUrl: updateDeadLetterQueueUrl,
        AttributeNames,
      });
      expect(dead.Attributes).toEqual({ ApproximateNumberOfMessages: '0' });

      await running.stop();
      parts = undefined;
      await eventually('nothing runs', async () => markedProcesses(dataDir).length === 0 || undefined);
      const kinds = Object.keys(KINDS).map((kind) => `${accepted.filter((job) => job.kind === kind).length} ${kind}`);
      console.log(`${accepted.length} jobs and verdicts: ${kinds.join(', ')}; ${JSON.stringify(cuts)}`);
    });
  },
);
