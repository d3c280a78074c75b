import { DaybookError } from '@daybook/errors';
import type { JobDocument } from '@daybook/jobs';
import type { FastifyRequest } from 'fastify';
import { exception } from '../http/exception.ts';
import { showValue } from '../http/show-value.ts';
import { digestUuid } from './digest-uuid.ts';

const KEY = /^[\x20-\x7e]{1,255}$/;

/** The `Idempotency-Key` of an execute request: sent again with it, the request makes no second job. Throws `invalid-argument` for one that is none. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const key = String(header);
  if (KEY.test(key)) return key;
  throw new DaybookError(
    'invalid-argument',
    `Header Idempotency-Key must be 1 to 255 printable ASCII characters, not ${showValue(key)}`,
  );
}

/** The id of the one job that `key` may make of this process for this user, by which any ADES finds it for as long as its document stands. */
export function jobIdOfKey(key: string, userId: string, processId: string): string {
  return digestUuid([userId, processId, key]);
}

/** Throws `idempotency-key-reused` unless one of the hashes of the request's inputs is that of the job that its key made. */
export function checkSameRequest(job: JobDocument, inputsHashes: readonly string[]): void {
  if (inputsHashes.some((hash) => hash === job['inputs-hash'])) return;
  throw exception(
    'idempotency-key-reused',
    `Job ${job.id} was submitted with this Idempotency-Key and other inputs: take another key`,
  );
}
