import { expect, it } from 'vitest';
import { ExpiringMap } from './expiring-map.ts';

it('gives a value until its time and forgets it when told to, unless it was set again', () => {
  const map = new ExpiringMap<number>();
  map.set('a', 1, 10);
  map.set('b', 2, 20);
  map.set('a', 3, 30);
  expect(map.get('a', 29)).toBe(3);
  expect(map.get('a', 30)).toBeUndefined();
  map.expire(10);
  expect(map.get('a', 15)).toBe(3);
  map.expire(20);
  expect([...map.entries()]).toEqual([{ key: 'a', value: 3, until: 30 }]);
});

it('drops thousands of entries in their order', () => {
  const map = new ExpiringMap<number>();
  for (let at = 0; at < 10_000; at++) map.set(`${at}`, at, at);
  map.expire(9_998);
  expect([...map.entries()]).toEqual([{ key: '9999', value: 9999, until: 9999 }]);
});
