import type { SubscriptionDocument } from '@daybook/jobs-database';

const LONGEST_WAIT_MS = 3_600_000;
/** From the first try of the last message. */
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** That a job began is worth little when it is late, and must not hold up how it ended. */
const START_TRIES = 3;

/** What is written after a failed try: when the next one is; undefined where the message is given up. */
export function nextTry(
  { tries, 'first-try-time': first }: Pick<SubscriptionDocument, 'tries' | 'first-try-time'>,
  isLast: boolean,
  retryMs: number,
  now: Date,
): Partial<SubscriptionDocument> | undefined {
  const failed = tries + 1;
  const since = first ?? now.toISOString();
  const isOver = isLast ? now.getTime() - Date.parse(since) >= GIVEN_UP_AFTER_MS : failed >= START_TRIES;
  if (isOver) return undefined;
  // Many jobs of one receiver fail at once: they must not all come back at once.
  const waitMs = Math.min(retryMs * 2 ** tries, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
  return { tries: failed, 'first-try-time': since, 'next-time': new Date(now.getTime() + waitMs).toISOString() };
}
