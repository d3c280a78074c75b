import type { RunEvent } from '@daybook/cwltool';
import { expect, test } from 'vitest';
import { createProgressTracker } from './progress.ts';

const plan = (...steps: string[]): RunEvent => ({ type: 'plan', time: 0, steps });
const started = (step: string): RunEvent => ({ type: 'step-started', time: 0, step });
const ended = (step: string): RunEvent => ({ type: 'step-ended', time: 0, step, status: 'success' });

function follow(...events: RunEvent[]): unknown[] {
  const tracker = createProgressTracker();
  return events.map((event) => tracker.apply(event));
}

test('progress is the share of top-level steps that have ended, and never 100 before the verdict', () => {
  expect(
    follow(plan('a', 'b', 'c'), started('a'), ended('a'), started('b'), ended('b'), started('c'), ended('c')),
  ).toEqual([
    undefined,
    { progress: 0, step: 'a' },
    { progress: 33, step: 'a' },
    { progress: 33, step: 'b' },
    { progress: 66, step: 'b' },
    { progress: 66, step: 'c' },
    { progress: 99, step: 'c' },
  ]);
});

test('steps of a subworkflow show as the step and do not count', () => {
  expect(follow(plan('a', 'b'), started('a'), started('a/x'), ended('a/x'), ended('a'))).toEqual([
    undefined,
    { progress: 0, step: 'a' },
    { progress: 0, step: 'a/x' },
    { progress: 0, step: 'a' },
    { progress: 50, step: 'a' },
  ]);
});

test('a step that ends twice counts once', () => {
  expect(follow(plan('a', 'b'), ended('a'), ended('a'))).toEqual([undefined, { progress: 50 }, undefined]);
});

test('a run without a plan makes no progress', () => {
  expect(follow(started('a'), ended('a'))).toEqual([{ progress: 0, step: 'a' }, undefined]);
});
