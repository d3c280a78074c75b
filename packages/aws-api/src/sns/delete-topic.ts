import type { Action } from '../action.ts';
import { topicNameOf } from './topic-name.ts';

/** DeleteTopic. */
export const deleteTopic: Action = async (input, { bus }) => {
  await bus.deleteTopic(topicNameOf(input, bus));
  return {};
};
