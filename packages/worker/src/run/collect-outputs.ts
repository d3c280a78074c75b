import { fileURLToPath } from 'node:url';
import type { JsonObject, JsonValue } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import type { StagedOutputs } from '@daybook/output-store';

/** What a verdict says of a workflow's outputs. */
export interface CollectedOutputs {
  /** Output id → URL; an array of URLs for an array of Files and Directories. An output that is null is left out. */
  readonly outputs: JsonObject;
  /** The CWL output object, each File and Directory located by URL, with its size and checksum. */
  readonly results: JsonObject;
}

/** The members of a File or Directory that hold outside the job. */
const KEPT_MEMBERS: readonly string[] = ['class', 'basename', 'size', 'checksum', 'format'];

/** A larger or deeper directory stands in the results without its listing: its URL lists it page by page. */
const MAX_LISTED = 1000;
const MAX_LISTED_DEPTH = 16;

/**
 * Adds every File and Directory of a workflow's output object to `staged` and says where they will be found below `baseUrl`
 * (`…/jobs/<id>/outputs`). Throws what {@link StagedOutputs.add} throws, and `invalid-argument` for a File without a local location.
 */
export async function collectOutputs(
  outputObject: JsonObject,
  staged: Pick<StagedOutputs, 'add'>,
  baseUrl: string,
): Promise<CollectedOutputs> {
  const outputs: [string, JsonValue][] = [];
  const results: [string, JsonValue][] = [];
  for (const [id, value] of Object.entries(outputObject)) {
    const result = await collectValue(value, [id], staged, baseUrl);
    results.push([id, result]);
    if (value !== null) {
      outputs.push([id, urlOf(result, urlTo(baseUrl, [id]))]);
    }
  }
  return { outputs: Object.fromEntries(outputs), results: Object.fromEntries(results) };
}

async function collectValue(
  value: JsonValue,
  parent: readonly string[],
  staged: Pick<StagedOutputs, 'add'>,
  baseUrl: string,
): Promise<JsonValue> {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (isLocated(value)) {
    return collectLocated(value, parent, staged, baseUrl);
  }
  const collected: [string, JsonValue][] = [];
  for (const [name, member] of Object.entries(value)) {
    collected.push([name, await collectValue(member, [...parent, name], staged, baseUrl)]);
  }
  return Array.isArray(value) ? collected.map(([, element]) => element) : Object.fromEntries(collected);
}

/** Secondary files stand beside their primary, so that a tool that is given its URL finds them. */
async function collectLocated(
  object: JsonObject,
  parent: readonly string[],
  staged: Pick<StagedOutputs, 'add'>,
  baseUrl: string,
): Promise<JsonObject> {
  const source = localPath(object, parent[0]!);
  const target = [...parent, basenameOf(object, source)];
  await staged.add(source, target);
  const secondaryFiles: JsonValue[] = [];
  for (const secondary of objects(object.secondaryFiles)) {
    secondaryFiles.push(await collectLocated(secondary, parent, staged, baseUrl));
  }
  return {
    ...locatedAt(object, target, baseUrl),
    ...(secondaryFiles.length > 0 && { secondaryFiles }),
  };
}

function locatedAt(object: JsonObject, target: readonly string[], baseUrl: string): JsonObject {
  const kept = KEPT_MEMBERS.filter((name) => object[name] !== undefined).map((name) => [name, object[name]!]);
  const entries = countEntries(object, 0) <= MAX_LISTED ? objects(object.listing) : [];
  // An entry was stored with its directory, under its own name.
  const listing = entries.map((entry) =>
    locatedAt(entry, [...target, basenameOf(entry, String(entry.location ?? entry.path ?? ''))], baseUrl),
  );
  return {
    ...Object.fromEntries(kept),
    location: urlTo(baseUrl, target),
    ...(listing.length > 0 && { listing }),
  };
}

function countEntries(directory: JsonObject, depth: number): number {
  if (depth > MAX_LISTED_DEPTH) {
    return Number.POSITIVE_INFINITY;
  }
  return objects(directory.listing).reduce((sum, entry) => sum + 1 + countEntries(entry, depth + 1), 0);
}

function urlOf(result: JsonValue, ownUrl: string): JsonValue {
  if (result === null || typeof result !== 'object') {
    return ownUrl;
  }
  if (!Array.isArray(result)) {
    return isLocated(result) ? result.location! : ownUrl;
  }
  const elements = result.filter((element) => element !== null);
  return elements.length > 0 && elements.every((element) => isLocated(element))
    ? elements.map((element) => (element as JsonObject).location!)
    : ownUrl;
}

function isLocated(value: JsonValue): value is JsonObject {
  const kind = value !== null && typeof value === 'object' ? (value as JsonObject).class : undefined;
  return kind === 'File' || kind === 'Directory';
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((element): element is JsonObject => isLocated(element)) : [];
}

function localPath(object: JsonObject, output: string): string {
  const location = object.location ?? object.path;
  if (typeof location === 'string') {
    if (location.startsWith('/')) {
      return location;
    }
    if (/^file:/i.test(location)) {
      try {
        return fileURLToPath(location);
      } catch {}
    }
  }
  throw new DaybookError(
    'invalid-argument',
    `Output ${output}: expected a ${object.class} in the job's directory, found ${JSON.stringify(location ?? null)?.slice(0, 200)}`,
  );
}

function basenameOf(object: JsonObject, path: string): string {
  if (typeof object.basename === 'string') {
    return object.basename;
  }
  const last = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return /^file:/i.test(path) ? decodeURIComponent(last) : last;
}

function urlTo(baseUrl: string, segments: readonly string[]): string {
  return [baseUrl, ...segments.map((segment) => encodeURIComponent(segment))].join('/');
}
