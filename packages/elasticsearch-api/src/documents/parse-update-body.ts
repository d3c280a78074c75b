import { isDaybookError } from '@daybook/errors';
import { didYouMean } from '../errors/did-you-mean.ts';
import { contentParseError, validationFailed } from '../errors/errors.ts';
import { losesDigits } from '../json/exact-json.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { RawJson } from '../json/raw-json.ts';
import type { SourceFilter } from '../json/source-filter.ts';
import { parseScriptBody, type ScriptRequest } from '../painless/parse-script-body.ts';
import { failedScript } from '../painless/script-error.ts';
import { toBoolean } from '../query-dsl/option-readers.ts';
import { parseSourceFilter } from '../search/parse-source-filter.ts';
import type { UpdateBody } from './document-write.ts';

const names: ReadonlySet<string> = new Set([
  'doc',
  'doc_as_upsert',
  'upsert',
  'detect_noop',
  '_source',
  'script',
  'scripted_upsert',
  'if_seq_no',
  'if_primary_term',
]);

/** Parses the body of an update; `source` is what the query string said of the source that is wanted back. */
export function parseUpdateBody(body: JsonObject, source: SourceFilter | undefined): UpdateBody {
  for (const name of Object.keys(body)) {
    if (names.has(name)) continue;
    throw contentParseError(`[UpdateRequest] unknown field [${name}]${didYouMean(name, names)}`);
  }
  const doc = documentOf('doc', body.doc);
  const script = body.script === undefined ? undefined : parseUpdateScript(body.script);
  if (script !== undefined && doc !== undefined) throw validationFailed("can't provide both script and doc");
  if (script === undefined && doc === undefined) throw validationFailed('script or doc is missing');
  return defined({
    doc,
    script,
    scriptedUpsert: body.scripted_upsert === undefined ? undefined : toBoolean(body.scripted_upsert),
    docAsUpsert: body.doc_as_upsert === undefined ? false : toBoolean(body.doc_as_upsert),
    upsert: documentOf('upsert', body.upsert),
    detectNoop: body.detect_noop === undefined ? true : toBoolean(body.detect_noop),
    source: body._source === undefined ? source : parseSourceFilter(body._source),
  });
}

/** Parses the JSON of an update; numbers in what is written, and in the parameters of a script, keep their digits. */
export function parseUpdateJson(json: Uint8Array): JsonObject | undefined {
  const body = parseJsonBody(json);
  if (body === undefined) return undefined;
  const raw = new RawJson(json);
  if (!losesDigits(raw.text())) return body;
  const exact = raw.parse() as JsonObject;
  const kept = ['doc', 'upsert', 'script'].filter((name) => isJsonObject(body[name]));
  return { ...body, ...Object.fromEntries(kept.map((name) => [name, exact[name]])) };
}

/** compat: what is wrong with a script's text is told as a failure to run it. */
function parseUpdateScript(given: unknown): ScriptRequest {
  try {
    return parseScriptBody(given);
  } catch (error) {
    if (isDaybookError(error) && error.detail.reason === 'script_exception') throw failedScript(error);
    throw error;
  }
}

function documentOf(name: string, value: unknown): JsonObject | undefined {
  if (value === undefined || isJsonObject(value)) return value;
  throw contentParseError(`[UpdateRequest] ${name} doesn't support values of type: ${tokenOf(value)}`);
}
