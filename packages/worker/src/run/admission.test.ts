import { expect, test } from 'vitest';
import { createAdmission } from './admission.ts';

const CAPACITY = { cores: 4, memoryBytes: 1000 };
const never = new AbortController().signal;

function enterAll(...jobs: readonly { cores: number; memoryBytes: number }[]) {
  const admission = createAdmission(CAPACITY);
  const inside = new Map<number, () => void>();
  jobs.forEach((job, index) => void admission.enter(job, never).then((leave) => inside.set(index, leave)));
  return { admission, inside };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('jobs run at once as long as cores and memory are enough for all', async () => {
  const { inside } = enterAll(
    { cores: 2, memoryBytes: 300 },
    { cores: 1, memoryBytes: 600 },
    { cores: 1, memoryBytes: 200 },
  );
  await settled();
  expect([...inside.keys()]).toEqual([0, 1]);
  inside.get(0)!();
  await settled();
  expect([...inside.keys()]).toEqual([0, 1, 2]);
});

test('a large job is not overtaken for ever by small ones', async () => {
  const { inside } = enterAll({ cores: 2, memoryBytes: 1 }, { cores: 4, memoryBytes: 1 }, { cores: 1, memoryBytes: 1 });
  await settled();
  expect([...inside.keys()]).toEqual([0]);
  inside.get(0)!();
  await settled();
  expect([...inside.keys()]).toEqual([0, 1]);
});

test('a job that needs more than the machine has runs alone', async () => {
  const { inside } = enterAll({ cores: 99, memoryBytes: 9999 }, { cores: 1, memoryBytes: 1 });
  await settled();
  expect([...inside.keys()]).toEqual([0]);
});

test('a job that stops waiting makes way, and room is given back once', async () => {
  const { admission, inside } = enterAll({ cores: 3, memoryBytes: 1 });
  const stopped = new AbortController();
  const waits = admission.enter({ cores: 4, memoryBytes: 1 }, stopped.signal);
  admission.enter({ cores: 1, memoryBytes: 1 }, never).then((leave) => inside.set(1, leave));
  await settled();
  expect([...inside.keys()]).toEqual([0]);
  stopped.abort(new Error('dismissed'));
  await expect(waits).rejects.toThrow('dismissed');
  await settled();
  expect([...inside.keys()]).toEqual([0, 1]);
  inside.get(1)!();
  inside.get(1)!();
  const next = admission.enter({ cores: 2, memoryBytes: 1 }, AbortSignal.timeout(20));
  await expect(next).rejects.toThrow();
});
