import type { ToolUsage } from '@daybook/cwltool';
import { expect, test } from 'vitest';
import { createResourceLedger } from './resource-ledger.ts';

const usage = (step: string, wallMs: number, cpuMs: number, peakMemoryBytes: number): ToolUsage => ({
  type: 'tool-ended',
  time: 0,
  step,
  tool: step,
  exitCode: 0,
  wallMs,
  cpuMs,
  peakMemoryBytes,
});

test('the runs of a scattered step are added up, the largest memory stands', () => {
  const ledger = createResourceLedger();
  for (const event of [usage('s', 1000, 500, 10), usage('s', 2000, 250, 30), usage('t', 1, 1, 20)]) {
    ledger.apply(event);
  }
  expect(ledger.total({ wallMs: 5000 })).toEqual({
    resources: {
      s: { runs: 2, 'wall-seconds': 3, 'cpu-seconds': 0.75, 'peak-memory': 30 },
      t: { runs: 1, 'wall-seconds': 0.001, 'cpu-seconds': 0.001, 'peak-memory': 20 },
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
