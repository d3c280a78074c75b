import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MissingParameter } from './missing-parameter.ts';

interface ApiPath {
  readonly path: string;
  readonly methods: readonly string[];
  readonly parts?: Readonly<Record<string, unknown>>;
}

/** An API as its JSON file describes it. */
interface Api {
  readonly url: { readonly paths: readonly ApiPath[] };
  readonly params?: Readonly<Record<string, unknown>>;
  readonly body?: { readonly required?: boolean };
}

/** Where a call goes. */
export interface Target {
  readonly method: string;
  /** With its query string. */
  readonly path: string;
}

export type ApiSpecification = ReadonlyMap<string, Api>;

/** Reads the folder of the APIs' descriptions. */
export function readApiSpecification(folder: string): ApiSpecification {
  const apis = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.startsWith('_'))
    .flatMap((file) => Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Api>));
  return new Map(apis);
}

/**
 * The method and path of a call: the path that takes the most of the parameters given and needs no other. What no part of the
 * path takes goes into the query string.
 * @throws MissingParameter when no path is without a gap
 */
export function targetOf(
  specification: ApiSpecification,
  name: string,
  parameters: Readonly<Record<string, string>>,
  hasBody: boolean,
): Target {
  const api = specification.get(name);
  if (api === undefined) throw new Error(`The suite describes no API [${name}]`);
  const partsOf = (path: ApiPath): string[] => Object.keys(path.parts ?? {});
  const [path] = api.url.paths
    .filter((candidate) => partsOf(candidate).every((part) => (parameters[part] ?? '') !== ''))
    .sort((left, right) => partsOf(right).length - partsOf(left).length);
  if (path === undefined) throw new MissingParameter(`[${name}] lacks a part of its path`);
  if (api.body?.required === true && !hasBody && !('source' in parameters)) {
    throw new MissingParameter(`[${name}] lacks its body`);
  }
  const parts = new Set(partsOf(path));
  const query = new URLSearchParams(Object.entries(parameters).filter(([key]) => !parts.has(key)));
  const filled = path.path.replace(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(parameters[part] ?? ''));
  const queryString = query.toString();
  return { method: methodOf(path.methods, hasBody), path: queryString === '' ? filled : `${filled}?${queryString}` };
}

function methodOf(methods: readonly string[], hasBody: boolean): string {
  const first = methods[0] ?? 'GET';
  if (!methods.includes('GET')) return first;
  return hasBody && methods.includes('POST') ? 'POST' : 'GET';
}
