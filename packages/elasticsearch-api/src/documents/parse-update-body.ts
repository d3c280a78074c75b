import { isDaybookError } from '@daybook/errors';
import { didYouMean } from '../errors/did-you-mean.ts';
import { contentParseError, illegalArgument, numberFormatError } from '../errors/errors.ts';
import { losesDigits } from '../json/exact-json.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { RawJson } from '../json/raw-json.ts';
import type { SourceFilter } from '../json/source-filter.ts';
import { parseScriptBody, type ScriptRequest } from '../painless/parse-script-body.ts';
import { failedScript } from '../painless/script-error.ts';
import { toBoolean, unsupportedToken } from '../query-dsl/option-readers.ts';
import { parseSourceFilter } from '../search/parse-source-filter.ts';
import { readMember } from '../search/read-content.ts';
import type { UpdateBody } from './document-write.ts';
import { assignedPrimaryTerm, assignedSeqNo } from './write-parameters.ts';

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

/**
 * Parses the body of an update, which was of so many bytes; `source` is what the query string said of the source that is wanted back.
 */
export function parseUpdateBody(body: JsonObject, bytes: number, source: SourceFilter | undefined): UpdateBody {
  for (const name of Object.keys(body)) {
    if (names.has(name)) continue;
    throw contentParseError(`[UpdateRequest] unknown field [${name}]${didYouMean(name, names)}`);
  }
  const doc = documentOf('doc', body.doc);
  const script = body.script === undefined ? undefined : parseUpdateScript(body.script);
  return defined({
    bytes,
    doc,
    script,
    scriptedUpsert: body.scripted_upsert === undefined ? undefined : toBoolean(body.scripted_upsert),
    docAsUpsert: body.doc_as_upsert === undefined ? false : toBoolean(body.doc_as_upsert),
    upsert: documentOf('upsert', body.upsert),
    detectNoop: body.detect_noop === undefined ? true : toBoolean(body.detect_noop),
    source: body._source === undefined ? source : parseSourceFilter(body._source),
  });
}

/** What the body of an update asks of the document's version: it goes before what is asked elsewhere. */
export function conditionOfBody(body: JsonObject): { if_seq_no?: number; if_primary_term?: number } {
  const { if_seq_no: seqNo, if_primary_term: primaryTerm } = body;
  return {
    ...(seqNo === undefined ? {} : { if_seq_no: readNumber('if_seq_no', seqNo, assignedSeqNo) }),
    ...(primaryTerm === undefined
      ? {}
      : { if_primary_term: readNumber('if_primary_term', primaryTerm, assignedPrimaryTerm) }),
  };
}

function readNumber(name: string, value: unknown, check: (number: number) => number | undefined): number {
  if (typeof value !== 'number' && typeof value !== 'string') throw unsupportedToken(value, name, 'UpdateRequest');
  return readMember('UpdateRequest', name, () => {
    const number = Math.trunc(Number(value));
    if (Number.isNaN(number)) throw illegalArgument(numberFormatError(value).message);
    check(number);
    return number;
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
