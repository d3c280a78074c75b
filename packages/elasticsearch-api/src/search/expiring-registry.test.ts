import { DaybookError } from '@daybook/errors';
import { expect, test } from 'vitest';
import { createExpiringRegistry } from './expiring-registry.ts';

test('what is closed, and what is one too many, is let go of once', () => {
  const closed: string[] = [];
  const registry = createExpiringRegistry<string>({
    tooMany: (maxOpen) => new DaybookError('limit-exceeded', `no more than ${maxOpen}`),
    onClose: (value) => closed.push(value),
  });
  const id = registry.open('first', 60_000, 1);
  expect(() => registry.open('second', 60_000, 1)).toThrow('no more than 1');
  expect(closed).toEqual(['second']);
  expect([registry.close(id), registry.close(id)]).toEqual([true, false]);
  expect(closed).toEqual(['second', 'first']);
});
