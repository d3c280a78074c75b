import { contentParseError, illegalArgument, resourceNotFound, unsupported } from '../errors/errors.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { readOptions } from '../query-dsl/option-readers.ts';
import { parseScript } from './parse-script.ts';
import type { Script } from './run-script.ts';

/** A script as a request states it, and the parameters that stand under `params`. */
export interface ScriptRequest {
  readonly script: Script;
  readonly params: JsonObject;
}

/** Reads `script`: its source, or an object of source, language and parameters. */
export function parseScriptBody(given: unknown): ScriptRequest {
  if (typeof given === 'string') return { script: { source: given, body: parseScript(given) }, params: {} };
  if (!isJsonObject(given))
    throw illegalArgument('must specify either [source] for an inline script or [id] for a stored script');
  const kinds = {
    source: 'string',
    inline: 'string',
    id: 'string',
    lang: 'string',
    params: 'any',
    options: 'ignored',
  } as const;
  const options = readOptions('script', given, kinds, (name) => contentParseError(`[script] unknown field [${name}]`));
  if (options.id !== undefined) throw resourceNotFound(`unable to find script [${options.id}] in cluster state`);
  const source = options.source ?? options.inline;
  if (source === undefined) {
    throw illegalArgument('must specify either [source] for an inline script or [id] for a stored script');
  }
  const { lang = 'painless', params = {} } = options;
  if (lang !== 'painless') throw unsupported(`script language [${lang}]`);
  if (!isJsonObject(params)) throw contentParseError('[script] params must be an object');
  return { script: { source, body: parseScript(source) }, params };
}
