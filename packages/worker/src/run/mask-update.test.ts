import { statusUpdate } from '@daybook/jobs';
import { expect, test } from 'vitest';
import { maskOf } from './mask.ts';
import { maskUpdate } from './mask-update.ts';

test('an update of a step is masked in all that it says, and in nothing by which it is known', () => {
  const update = statusUpdate(
    {
      id: 'fish',
      attempt: 1,
      status: 'has fish',
      progress: 5,
      message: 'fish!',
      inputs: { a: ['fish', 1, { b: 'fish' }], fish: null },
      labels: ['a fish'],
    },
    { eventId: 'fish-1' },
  );
  expect(maskUpdate(update, maskOf(['fish']))).toEqual({
    ...update,
    status: 'has ***',
    message: '***!',
    inputs: { a: ['***', 1, { b: '***' }], fish: null },
    labels: ['a ***'],
  });
});
