import { isDaybookError } from '@daybook/errors';
import type { Index, Steps, StoredDocument } from '@daybook/search-engine';
import { encodeExactJson } from '../json/exact-json.ts';
import { isJsonObject, type JsonObject, setMember } from '../json/json.ts';
import { RawJson } from '../json/raw-json.ts';
import { sameJson } from '../json/same-json.ts';
import { type DocumentScriptResult, runDocumentScript } from '../painless/run-document-script.ts';
import { failedScript } from '../painless/script-error.ts';
import { checkDocumentSize } from './document-size.ts';
import type { DocumentWrite } from './document-write.ts';
import type { UpdateOutcome } from './prepared-update.ts';

/** Makes the new source of a document, unless the update leaves it as it is or deletes it. */
export function updateOutcome(index: Index, current: StoredDocument | undefined, write: DocumentWrite): UpdateOutcome {
  return outcomeOf(changeOf(index, current, write), current, write);
}

/** The same in steps, of which each takes about as long as it takes to parse the document. */
export function* updateOutcomeInSteps(
  index: Index,
  current: StoredDocument | undefined,
  write: DocumentWrite,
): Steps<UpdateOutcome> {
  const change = changeOf(index, current, write);
  yield;
  return outcomeOf(change, current, write);
}

/** What is to become of the document. */
type Change =
  | { readonly type: 'none' | 'delete' }
  | { readonly type: 'merged' | 'scripted'; readonly document: JsonObject }
  | { readonly type: 'missing' };

function changeOf(index: Index, current: StoredDocument | undefined, write: DocumentWrite): Change {
  const scripted = scriptedResult(index, current, write);
  if (scripted !== undefined) {
    return scripted.operation === 'index'
      ? { type: 'scripted', document: scripted.source }
      : { type: scripted.operation };
  }
  const { doc, docAsUpsert = false, upsert, detectNoop = true } = write.update ?? {};
  if (current === undefined) {
    const initial = docAsUpsert ? doc : upsert;
    return initial === undefined ? { type: 'missing' } : { type: 'merged', document: initial };
  }
  const before = new RawJson(current.source()).parse() as JsonObject;
  const document = mergeDocument(before, doc ?? {});
  return detectNoop && sameJson(before, document) ? { type: 'none' } : { type: 'merged', document };
}

function outcomeOf(
  change: Change,
  current: StoredDocument | undefined,
  { routing, update }: DocumentWrite,
): UpdateOutcome {
  const isMissing = change.type === 'missing';
  if (!('document' in change)) {
    const source = update?.source === undefined ? undefined : current?.source();
    return { operation: { type: isMissing ? 'none' : change.type }, source, isMissing };
  }
  const { json, isPlain } = encodeExactJson(change.document);
  const source = Buffer.from(json);
  checkDocumentSize(source);
  const isMerged = change.type === 'merged';
  const operation = {
    type: 'index',
    source,
    // A script may have left what JSON has no word for.
    parsed: isMerged && isPlain ? change.document : undefined,
    // compat: a script leaves the routing value as it is.
    routing: current === undefined ? routing : ((isMerged ? update?.routing : undefined) ?? current.routing),
  } as const;
  return { operation, source, isMissing };
}

/** What the update's script makes of the document; undefined without a script, or where the document is missing and no script makes it. */
function scriptedResult(
  index: Index,
  current: StoredDocument | undefined,
  { id = '', update }: DocumentWrite,
): DocumentScriptResult | undefined {
  const { script, scriptedUpsert = false, upsert } = update ?? {};
  if (script === undefined || (current === undefined && !(scriptedUpsert && upsert !== undefined))) return undefined;
  const source = current === undefined ? (upsert ?? {}) : (new RawJson(current.source()).parse() as JsonObject);
  const ofStored = current && {
    _index: index.name,
    _id: id,
    _type: '_doc',
    _version: current.version,
    _routing: current.routing ?? null,
  };
  // compat: a script that makes a missing document is not told its id.
  const metadata = { _now: Date.now(), ...ofStored };
  try {
    return runDocumentScript(script, source, metadata);
  } catch (error) {
    if (isDaybookError(error) && error.detail.reason === 'script_exception') throw failedScript(error);
    throw error;
  }
}

/** Objects are merged member by member; anything else, arrays too, is replaced. */
function mergeDocument(before: JsonObject, partial: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(partial)) {
    const old = Object.hasOwn(result, name) ? result[name] : undefined;
    setMember(result, name, isJsonObject(value) && isJsonObject(old) ? mergeDocument(old, value) : value);
  }
  return result;
}
