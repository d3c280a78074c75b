import { DaybookError } from '@daybook/errors';
import { describe, expect, it } from 'vitest';
import { EXCEPTIONS, type ExceptionName, exception } from './exception.ts';
import { renderException } from './render-exception.ts';

describe('an error', () => {
  it.each(Object.keys(EXCEPTIONS) as ExceptionName[])('%s has its type and status', (name) => {
    const { type, status } = EXCEPTIONS[name];
    expect(renderException(exception(name, 'why'))).toMatchObject({ type, status, detail: 'why' });
  });

  it('of another code has the status that the code means', () => {
    expect(renderException(new DaybookError('invalid-argument', 'why'))).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'why',
    });
    expect(renderException(new DaybookError('unavailable', 'why')).status).toBe(503);
  });

  it.each([
    new Error('secret'),
    new DaybookError('internal', 'secret'),
    new DaybookError('corrupt', 'secret'),
    'secret',
  ])('that is a fault of ours shows nothing of its inside: %s', (error) => {
    const body = renderException(error);
    expect(body.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});
