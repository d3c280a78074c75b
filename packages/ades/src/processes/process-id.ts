import { DaybookError } from '@daybook/errors';
import { showValue } from '../http/show-value.ts';

/** What can stand as one segment of a URL without escaping; an Elasticsearch document id ends at 512 bytes. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}._:@+=~,;!$'()*-]{0,199}$/u;

/** Throws `invalid-argument` unless `value` can be (part of) a process's id; `what` names it in the message. */
export function checkProcessName(what: string, value: string): void {
  if (NAME.test(value)) return;
  throw new DaybookError(
    'invalid-argument',
    `${what} must be 1 to 200 letters, digits or ._:@+=~,;!$'()*- that begin with a letter, digit or _, not ${showValue(value)}`,
  );
}
