import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { JsonObject, JsonValue } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';

/**
 * The job order with every File and Directory that lies on this machine located by its real path. Throws, naming the input: `forbidden` for one
 * outside `inputRoots`, `not-found`, and `invalid-argument` for a location that is no absolute path and no file, http, https or s3 URL, or of
 * the wrong kind. What the latter lead to is staged in after.
 */
export async function checkInputs(jobOrder: JsonObject, inputRoots: readonly string[]): Promise<JsonObject> {
  const roots = await existingRoots(inputRoots);
  const checked: [string, JsonValue][] = [];
  for (const [id, value] of Object.entries(jobOrder)) {
    checked.push([id, await checkValue(id, value, roots)]);
  }
  return Object.fromEntries(checked);
}

/** The real paths of those roots that exist: one that does not holds nothing. */
export async function existingRoots(inputRoots: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.allSettled(inputRoots.map((root) => realpath(root)));
  return found.flatMap((root) => (root.status === 'fulfilled' ? [root.value] : []));
}

async function checkValue(input: string, value: JsonValue, roots: readonly string[]): Promise<JsonValue> {
  if (Array.isArray(value)) {
    const elements: JsonValue[] = [];
    for (const element of value) {
      elements.push(await checkValue(input, element, roots));
    }
    return elements;
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const members: [string, JsonValue][] = [];
  for (const [name, member] of Object.entries(value as JsonObject)) {
    members.push([name, await checkValue(input, member, roots)]);
  }
  const checked: JsonObject = Object.fromEntries(members);
  return checked.class === 'File' || checked.class === 'Directory' ? locate(input, checked, roots) : checked;
}

async function locate(input: string, object: JsonObject, roots: readonly string[]): Promise<JsonObject> {
  const { path, ...rest } = object;
  const location = object.location ?? path;
  if (location === undefined || location === null) {
    return rest; // A literal: contents or a listing.
  }
  if (typeof location !== 'string') {
    throw new DaybookError('invalid-argument', `Input ${input}: expected the location of a ${object.class} as text`);
  }
  if (/^(?:https?|s3):\/\//i.test(location)) {
    return { ...rest, location };
  }
  const real = await findFile(input, toPath(input, location), roots);
  const isDirectory = (await stat(real)).isDirectory();
  if (isDirectory !== (object.class === 'Directory')) {
    throw new DaybookError(
      'invalid-argument',
      `Input ${input}: ${location} is a ${isDirectory ? 'directory' : 'file'}, expected a ${object.class}`,
    );
  }
  return { basename: basename(toPath(input, location)), ...rest, location: pathToFileURL(real).href };
}

function toPath(input: string, location: string): string {
  const refuse = (cause?: unknown): never => {
    throw new DaybookError(
      'invalid-argument',
      `Input ${input}: expected an absolute path or a file, http, https or s3 URL, found ${JSON.stringify(location.slice(0, 200))}`,
      { cause },
    );
  };
  if (isAbsolute(location)) {
    return location;
  }
  if (!/^file:/i.test(location)) {
    return refuse();
  }
  try {
    return fileURLToPath(location);
  } catch (cause) {
    return refuse(cause);
  }
}

async function findFile(input: string, path: string, roots: readonly string[]): Promise<string> {
  const outside = (): DaybookError =>
    new DaybookError('forbidden', `Input ${input}: ${path} lies outside the folders from which jobs may read inputs`);
  let real: string;
  try {
    real = await realpath(path);
  } catch (cause) {
    // Whether a file exists outside the roots is nobody's business.
    throw roots.some((root) => isBelow(path, root))
      ? new DaybookError('not-found', `Input ${input}: ${path} does not exist or cannot be read`, { cause })
      : outside();
  }
  if (!roots.some((root) => isBelow(real, root))) {
    throw outside();
  }
  return real;
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
