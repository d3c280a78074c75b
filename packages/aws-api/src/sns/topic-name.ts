import { type MessageBus, nameOfArn, type TopicInfo } from '@daybook/message-bus';
import { failure } from '../wire/failure.ts';
import type { Input } from '../wire/input.ts';

/** The name of the topic whose ARN the parameter holds. */
export function topicNameOf(input: Input, bus: MessageBus, parameter = 'TopicArn'): string {
  const arn = input.requireText(parameter);
  const name = nameOfArn('sns', bus.identity, arn);
  if (name !== undefined && /^[\w.-]+$/.test(name)) return name;
  if (/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w.-]+$/.test(arn))
    throw failure('ResourceDoesNotExist', 'Topic does not exist');
  throw failure(
    'InvalidParameterValue',
    `Invalid parameter: ${parameter} Reason: ${JSON.stringify(arn.slice(0, 300))} is no ARN of a topic`,
  );
}

/** What is known of the topic; fails when there is none. */
export function requireTopic(input: Input, bus: MessageBus, parameter = 'TopicArn'): TopicInfo {
  const info = bus.describeTopic(topicNameOf(input, bus, parameter));
  if (info === undefined) throw failure('ResourceDoesNotExist', 'Topic does not exist');
  return info;
}
