import type { Action } from '../action.ts';
import { singleOutcome } from '../wire/batch.ts';
import { readPublication, writePublished } from './publication.ts';
import { topicNameOf } from './topic-name.ts';

/** Publish, to a topic alone. */
export const publish: Action = async (input, { bus, senderId }) => {
  const topicName = topicNameOf(input, bus, input.has('TargetArn') ? 'TargetArn' : 'TopicArn');
  return writePublished(singleOutcome(await bus.publish(topicName, [readPublication(input, senderId)])));
};
