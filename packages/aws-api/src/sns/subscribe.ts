import type { Action } from '../action.ts';
import { failure } from '../wire/failure.ts';
import { topicNameOf } from './topic-name.ts';

/** Subscribe: queues alone. */
export const subscribe: Action = async (input, { bus }) => {
  const protocol = input.requireText('Protocol');
  if (protocol !== 'sqs') {
    throw failure(
      'InvalidParameterValue',
      `Invalid parameter: Protocol ${JSON.stringify(protocol.slice(0, 200))}; only sqs is offered here`,
    );
  }
  const queueArn = input.requireText('Endpoint');
  const attributes = input.textMap('Attributes');
  return { SubscriptionArn: await bus.subscribe({ topicName: topicNameOf(input, bus), queueArn, attributes }) };
};
