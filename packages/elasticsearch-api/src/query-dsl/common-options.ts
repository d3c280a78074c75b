import type { QueryCommon } from '@daybook/search-engine';
import { defined } from '../json/json.ts';

/** What every query takes, as kinds of options. */
export const commonKinds: { readonly boost: 'number'; readonly _name: 'string' } = { boost: 'number', _name: 'string' };

/** The common part of a query from what was read. */
export function common(options: {
  readonly boost: number | undefined;
  readonly _name: string | undefined;
}): QueryCommon {
  return defined({ boost: options.boost, name: options._name });
}
