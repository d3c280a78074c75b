import { failure } from '../wire/failure.ts';
import type { Input } from '../wire/input.ts';

/** The name of the queue that the request's `QueueUrl` stands for: the last part of its path, whatever host the caller knows us by. */
export function queueNameOf(input: Input): string {
  const url = input.requireText('QueueUrl');
  const name = /^(?:https?:\/\/[^/?#]+)?\/?(?:\d{12}\/)?([\w.-]+)\/?$/.exec(url)?.[1];
  if (name === undefined) {
    throw failure(
      'InvalidParameterValue',
      `Value ${JSON.stringify(url.slice(0, 200))} for parameter QueueUrl is invalid.`,
    );
  }
  return name;
}
