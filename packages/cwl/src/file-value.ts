import { isObject } from './cwl-document.ts';
import { expectation } from './expected.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { Mismatch } from './mismatch.ts';

type FileKind = 'File' | 'Directory';

/** What a File or Directory can be had from. */
const SOURCES: Readonly<Record<FileKind, readonly string[]>> = {
  File: ['location', 'path', 'contents'],
  Directory: ['location', 'path', 'listing'],
};

/**
 * A CWL File or Directory from a CWL object or a link `{href, type}`. A link's media type is dropped: a CWL `format` is an IRI of an
 * ontology. Throws Mismatch.
 */
export function bindFile(kind: FileKind, value: JsonValue, path: string): JsonObject {
  if (!isObject(value)) throw new Mismatch(path, expectation({ kind }), value);
  if (typeof value.href === 'string' && value.class === undefined) return { class: kind, location: value.href };
  const hasSource = SOURCES[kind].some((field) => value[field] !== undefined);
  if (value.class !== kind || !hasSource) throw new Mismatch(path, expectation({ kind }), value);
  const file = refuseDirectives(value, path);
  for (const field of ['location', 'path', 'basename', 'contents', 'format']) {
    const text = file[field];
    if (text !== undefined && typeof text !== 'string') throw new Mismatch(`${path}.${field}`, 'a string', text);
  }
  const { secondaryFiles, listing } = file;
  return {
    ...file,
    ...(secondaryFiles !== undefined && { secondaryFiles: bindEntries(secondaryFiles, `${path}.secondaryFiles`) }),
    ...(listing !== undefined && { listing: bindEntries(listing, `${path}.listing`) }),
  };
}

function bindEntries(value: JsonValue, path: string): JsonValue {
  if (!Array.isArray(value)) throw new Mismatch(path, 'an array of File and Directory objects', value);
  return value.map((entry: JsonValue, index) => {
    const kind = isObject(entry) && entry.class === 'Directory' ? 'Directory' : 'File';
    return bindFile(kind, entry, `${path}[${index}]`);
  });
}

/** Throws Mismatch at a key that starts with `$`: the loader of job orders would take `$include` and its like for its own. */
export function refuseDirectives<T extends JsonValue>(value: T, path: string): T {
  if (Array.isArray(value)) {
    value.forEach((item: JsonValue, index) => {
      refuseDirectives(item, `${path}[${index}]`);
    });
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key.startsWith('$')) throw new Mismatch(path, `no key that starts with $, such as ${key}`, value);
      refuseDirectives(item, `${path}.${key}`);
    }
  }
  return value;
}
