import { expect, test } from 'vitest';
import { together } from './together.ts';

function gated(options: { most: number; atOnce: number }) {
  const groups: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const call = together<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        groups.push({ items, end: (error) => (error === undefined ? resolve(items.map(String)) : reject(error)) });
      }),
    options,
  );
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  return { groups, call, turn };
}

test('calls of one turn, and those that come meanwhile, are one group each; each call gets its own result', async () => {
  const { groups, call, turn } = gated({ most: 10, atOnce: 1 });
  const first = [call(1), call(2)];
  await turn();
  const second = [call(3), call(4), call(5)];
  await turn();
  expect(groups.map(({ items }) => items)).toEqual([[1, 2]]);
  groups[0]!.end();
  expect(await Promise.all(first)).toEqual(['1', '2']);
  await turn();
  groups[1]!.end();
  expect(await Promise.all(second)).toEqual(['3', '4', '5']);
  expect(groups).toHaveLength(2);
});

test('no group is larger than it may be, and no more than may be are under way', async () => {
  const { groups, call, turn } = gated({ most: 2, atOnce: 2 });
  const calls = [1, 2, 3, 4, 5].map(call);
  await turn();
  expect(groups.map(({ items }) => items)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  for (let at = 0; at < 3; at++) {
    groups[at]!.end();
    await turn();
  }
  expect(await Promise.all(calls)).toEqual(['1', '2', '3', '4', '5']);
});

test('a group that fails fails its calls, and the next one runs', async () => {
  const { groups, call, turn } = gated({ most: 10, atOnce: 1 });
  const failed = expect(call(1)).rejects.toThrow('away');
  await turn();
  const next = call(2);
  groups[0]!.end(new Error('away'));
  await failed;
  await turn();
  groups[1]!.end();
  expect(await next).toBe('2');
});
