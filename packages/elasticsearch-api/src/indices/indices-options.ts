import type { BlockedOperation } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';

/** How an expression of indices is resolved. */
export interface IndicesOptions {
  /** What is done to the indices, which blocks refuse; `none` where no block does. */
  readonly operation: BlockedOperation | 'none';
  readonly ignoreUnavailable: boolean;
  readonly allowNoIndices: boolean;
  readonly expandOpen: boolean;
  readonly expandClosed: boolean;
  /** Whether a closed index that is meant is an error; where unavailable ones are ignored it is passed over. */
  readonly forbidClosed: boolean;
  readonly expandHidden: boolean;
  /** False for what can only be done to an index itself, such as deleting it. */
  readonly resolveAliases: boolean;
  /** What a message calls the thing that is missing. */
  readonly resourceType?: string;
  /** Names that wildcards pass over. */
  readonly skip?: ReadonlySet<string>;
}

/** The query parameters that say so, for the declarations of APIs. */
export const indicesParameters: {
  readonly ignore_unavailable: 'boolean';
  readonly allow_no_indices: 'boolean';
  readonly expand_wildcards: 'list';
  readonly ignore_throttled: 'ignored';
} = {
  ignore_unavailable: 'boolean',
  allow_no_indices: 'boolean',
  expand_wildcards: 'list',
  ignore_throttled: 'ignored',
};

/** Parameters by which a client bounds its wait for other nodes; there are none. */
export const timeoutParameters: { readonly timeout: 'time'; readonly master_timeout: 'time' } = {
  timeout: 'time',
  master_timeout: 'time',
};

const defaults: Omit<IndicesOptions, 'operation'> = {
  ignoreUnavailable: false,
  allowNoIndices: true,
  expandOpen: true,
  expandClosed: false,
  forbidClosed: false,
  expandHidden: false,
  resolveAliases: true,
};

/** Reads the parameters over the defaults of one API. */
export function indicesOptions(
  operation: IndicesOptions['operation'],
  parameters: {
    readonly ignore_unavailable?: boolean;
    readonly allow_no_indices?: boolean;
    readonly expand_wildcards?: readonly string[];
  },
  overrides: Partial<Omit<IndicesOptions, 'operation'>> = {},
): IndicesOptions {
  const base = { ...defaults, ...overrides };
  return {
    operation,
    ...base,
    ignoreUnavailable: parameters.ignore_unavailable ?? base.ignoreUnavailable,
    allowNoIndices: parameters.allow_no_indices ?? base.allowNoIndices,
    ...(parameters.expand_wildcards === undefined ? {} : expansion(parameters.expand_wildcards)),
  };
}

function expansion(words: readonly string[]): Pick<IndicesOptions, 'expandOpen' | 'expandClosed' | 'expandHidden'> {
  const result = { expandOpen: false, expandClosed: false, expandHidden: false };
  for (const word of words) {
    if (word === 'open' || word === 'all') result.expandOpen = true;
    if (word === 'closed' || word === 'all') result.expandClosed = true;
    if (word === 'hidden' || word === 'all') result.expandHidden = true;
    if (!['open', 'closed', 'hidden', 'all', 'none'].includes(word)) {
      throw illegalArgument(`No valid expand wildcard value [${word}]`);
    }
  }
  return result;
}
