import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject, JsonValue } from '@daybook/cwl';

/**
 * Those of `roots` in which the Files and Directories of a job order or a document lie: all of a root, because secondary files and links may
 * lie anywhere in it. The root of the file system is too much to show; of that it is the folder of the file.
 */
export function usedRoots(object: JsonObject, roots: readonly string[]): readonly string[] {
  const used = new Set<string>();
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (value !== null && typeof value === 'object') {
      const { class: kind, location } = value as JsonObject;
      const path = kind === 'File' || kind === 'Directory' ? localPath(location) : undefined;
      for (const place of path === undefined ? [] : placesOf(path, roots)) {
        used.add(place);
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(object);
  return [...used];
}

function placesOf(path: string, roots: readonly string[]): readonly string[] {
  const around = roots.filter((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
  const folder = dirname(path) === sep ? path : dirname(path);
  return around.map((root) => (root === sep ? folder : root)).filter((place) => place !== sep);
}

function localPath(location: JsonValue | undefined): string | undefined {
  try {
    return typeof location === 'string' && /^file:/i.test(location) ? fileURLToPath(location) : undefined;
  } catch {
    return undefined; // Of another host, or no URL at all: cwltool says so.
  }
}
