import type { QueryCommon } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { defined } from '../json/json.ts';

/** What every query takes, as kinds of options. */
export const commonKinds: { readonly boost: 'number'; readonly _name: 'string' } = { boost: 'number', _name: 'string' };

/** The common part of a query from what was read. */
export function common(options: {
  readonly boost: number | undefined;
  readonly _name: string | undefined;
}): QueryCommon {
  const { boost, _name: name } = options;
  if (boost !== undefined && boost < 0) {
    throw illegalArgument(`negative [boost] are not allowed, got [${boost}], use a value between 0 and 1 to deboost`);
  }
  return defined({ boost, name });
}
