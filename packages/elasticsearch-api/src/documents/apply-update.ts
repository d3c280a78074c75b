import { isDaybookError } from '@daybook/errors';
import { type Index, refuseBlocked, type StoredDocument } from '@daybook/search-engine';
import { documentMissing } from '../errors/errors.ts';
import { writeExactJson } from '../json/exact-json.ts';
import { isJsonObject, type JsonObject, setMember } from '../json/json.ts';
import { RawJson } from '../json/raw-json.ts';
import { sameJson } from '../json/same-json.ts';
import { type DocumentScriptResult, runDocumentScript } from '../painless/run-document-script.ts';
import { failedScript } from '../painless/script-error.ts';
import type { AppliedWrite } from './applied-write.ts';
import { checkDocumentSize } from './document-size.ts';
import type { DocumentWrite } from './document-write.ts';

/** Merges a partial document into the stored one, or writes what stands in for a missing one. */
export function applyUpdate(index: Index, write: DocumentWrite): AppliedWrite {
  const { id = '', routing } = write;
  let source: Uint8Array | undefined;
  let missing = false;
  const { ifSeqNo, ifPrimaryTerm } = write;
  // compat: a missing document goes before what is asked of its version, and a block before both.
  if (ifSeqNo !== undefined && index.get(id, routing) === undefined) {
    refuseBlocked('write', [{ index: index.name, blocks: index.blocks() }]);
    throw documentMissing(id, index, routing);
  }
  const result = index.write({
    type: 'update',
    id,
    routing,
    ...(ifSeqNo === undefined ? {} : { ifSeqNo }),
    ...(ifPrimaryTerm === undefined ? {} : { ifPrimaryTerm }),
    apply: (current) => {
      const scripted = scriptedResult(index, current, write);
      if (scripted !== undefined && scripted.operation !== 'index') {
        source = current?.source();
        return { type: scripted.operation };
      }
      const next = scripted === undefined ? nextSource(current, write) : Buffer.from(writeExactJson(scripted.source));
      missing = current === undefined && next === undefined;
      source = next ?? current?.source();
      if (next !== undefined) checkDocumentSize(next);
      if (next === undefined) return { type: 'none' };
      // compat: a script leaves the routing value as it is.
      const changed = scripted === undefined ? write.update?.routing : undefined;
      return { type: 'index', source: next, routing: current === undefined ? routing : (changed ?? current.routing) };
    },
  });
  if (missing) throw documentMissing(id, index, routing);
  const filter = write.update?.source;
  return filter === undefined || source === undefined ? { result } : { result, get: { source, filter } };
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

/** The source to be written; undefined when there is nothing to write. */
function nextSource(current: StoredDocument | undefined, write: DocumentWrite): Uint8Array | undefined {
  const { doc, docAsUpsert = false, upsert, detectNoop = true } = write.update ?? {};
  if (current === undefined) {
    const initial = docAsUpsert ? doc : upsert;
    return initial === undefined ? undefined : Buffer.from(writeExactJson(initial));
  }
  const before = new RawJson(current.source()).parse() as JsonObject;
  const after = mergeDocument(before, doc ?? {});
  if (detectNoop && sameJson(before, after)) return undefined;
  return Buffer.from(writeExactJson(after));
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
