import type { ToolUsage } from '@daybook/cwltool';
import { expect, test } from 'vitest';
import { createResourceLedger } from './resource-ledger.ts';

const usage = (step: string, wallMs: number, cpuMs: number, peakMemoryBytes: number): ToolUsage => ({
  type: 'tool-ended',
  time: 10_000 + wallMs,
  step,
  tool: step,
  exitCode: wallMs === 2000 ? 3 : 0,
  wallMs,
  cpuMs,
  peakMemoryBytes,
});

const times = (start: string, stop: string) => ({
  'start-time': `1970-01-01T00:00:${start}Z`,
  'stop-time': `1970-01-01T00:00:${stop}Z`,
});

test('the runs of a scattered step are added up, the largest memory stands, and the first status that is not 0', () => {
  const ledger = createResourceLedger();
  for (const event of [usage('s', 1000, 500, 10), usage('s', 2000, 250, 30), usage('t', 1, 1, 20)]) {
    ledger.apply(event);
  }
  expect(ledger.total({ wallMs: 5000 })).toEqual({
    resources: {
      s: {
        runs: 2,
        'wall-seconds': 3,
        'cpu-seconds': 0.75,
        'peak-memory': 30,
        'exit-code': 3,
        ...times('10.000', '12.000'),
      },
      t: {
        runs: 1,
        'wall-seconds': 0.001,
        'cpu-seconds': 0.001,
        'peak-memory': 20,
        'exit-code': 0,
        ...times('10.000', '10.001'),
      },
    },
    'cpu-seconds': 0.751,
    'peak-memory': 30,
  });
});

test('the figure of the whole run counts where it is larger', () => {
  const ledger = createResourceLedger();
  ledger.apply(usage('s', 1000, 500, 10));
  expect(ledger.total({ wallMs: 5000, cpuMs: 900, peakMemoryBytes: 40 })).toMatchObject({
    'cpu-seconds': 0.9,
    'peak-memory': 40,
  });
});

test('a run of which nothing was measured says nothing', () => {
  expect(createResourceLedger().total({ wallMs: 1 })).toEqual({});
});
