import type { Engine } from '@daybook/search-engine';
import type { ApiContext } from '../api-context.ts';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import type { JsonTree } from '../json/json.ts';
import type { Caller } from './caller.ts';
import type { ParameterKinds, Parameters } from './parameters.ts';

/** One request, read and checked. */
export interface ApiRequest<P> {
  readonly method: string;
  /** As it stands in the request, without the query string. */
  readonly path: string;
  /** What stands for the placeholders of the route, decoded. */
  readonly parts: Readonly<Record<string, string>>;
  readonly parameters: P;
  /** Empty when there is none. */
  readonly body: Uint8Array;
  /** The engine as this caller may use it: without the system's key, system indices cannot be changed through it. */
  readonly engine: Engine;
  /** The settings of the cluster as they bind this caller. */
  readonly settings: EffectiveSettings;
  /** Whether the system's key came with the request. */
  readonly privileged: boolean;
  /** Whether documents carry `_type`, as version 7 has it. */
  readonly typed: boolean;
  /** Who waits for the answer. */
  readonly caller: Caller;
  /** Whether a table was asked for as text. */
  readonly wantsText: boolean;
}

/** An answer: a JSON tree, or text. */
export interface ApiResponse {
  readonly status?: number;
  readonly body: JsonTree;
  readonly text?: string;
}

/** One API: its routes (`GET /{index}/_search`), the query parameters it takes, and what it does. */
export interface Endpoint {
  readonly routes: readonly string[];
  /** `any`: none is read, none is refused. */
  readonly parameters: ParameterKinds | 'any';
  /** Whether blocks of the cluster refuse it before it looks at anything else. */
  readonly refusedWhereReadOnly?: boolean;
  readonly handle: (request: ApiRequest<unknown>, context: ApiContext) => ApiResponse | Promise<ApiResponse>;
}

/** Declares an API; its handler gets the parameters with the types that their kinds have. */
export function endpoint<const K extends ParameterKinds>(declaration: {
  readonly routes: readonly string[];
  readonly parameters: K;
  readonly refusedWhereReadOnly?: boolean;
  readonly handle: (request: ApiRequest<Parameters<K>>, context: ApiContext) => ApiResponse | Promise<ApiResponse>;
}): Endpoint {
  return { ...declaration, handle: (request, context) => declaration.handle(request as never, context) };
}
