import type { Tags } from '@daybook/message-bus';
import type { Input } from '../wire/input.ts';

/** Reads tags as SNS has them: a list of keys and values. */
export function readTags(input: Input): Tags {
  return Object.fromEntries(input.inputs('Tags').map((tag) => [tag.requireText('Key'), tag.text('Value') ?? '']));
}
