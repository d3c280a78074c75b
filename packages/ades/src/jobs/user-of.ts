import { DaybookError } from '@daybook/errors';
import type { FastifyRequest } from 'fastify';
import { showValue } from '../http/show-value.ts';

const USER_ID = /^[^\p{Cc}]{1,256}$/u;

/** Who submits a job: what the `X-User-Id` header says, else `anonymous`. */
export function userOf(request: FastifyRequest): string {
  const header = request.headers['x-user-id'];
  const user = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (user === '') return 'anonymous';
  if (USER_ID.test(user)) return user;
  throw new DaybookError(
    'invalid-argument',
    `Header X-User-Id must be 1 to 256 printable characters, not ${showValue(user)}`,
  );
}
