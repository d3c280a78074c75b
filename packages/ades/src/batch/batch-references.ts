import { DaybookError } from '@daybook/errors';
import type { AdesContext } from '../ades-context.ts';
import { fetchReference } from '../references/fetch-reference.ts';

/** Different links that the items of one batch may have fetched. */
const MAX_LINKS = 100;

/**
 * Fetches what links of a batch lead to, each once. What all items get of it together is bounded by `maxBytes`, as each keeps its own. Rejects with
 * `invalid-argument` beyond that.
 */
export function createBatchReferences(
  { fetchPolicy }: Pick<AdesContext, 'fetchPolicy'>,
  maxBytes: number,
): (href: string) => Promise<string> {
  const fetched = new Map<string, Promise<string>>();
  let bytes = 0;
  return async (href) => {
    const known = fetched.get(href);
    if (known === undefined && fetched.size >= MAX_LINKS) {
      throw new DaybookError('invalid-argument', `The items of a batch may have at most ${MAX_LINKS} different links`);
    }
    const fetching = known ?? fetchReference(href, fetchPolicy);
    fetched.set(href, fetching);
    const text = await fetching;
    bytes += text.length;
    if (bytes > maxBytes) {
      throw new DaybookError('invalid-argument', `What links of a batch lead to may be at most ${maxBytes} bytes`);
    }
    return text;
  };
}
