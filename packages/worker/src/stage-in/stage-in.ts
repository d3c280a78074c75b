import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject, JsonValue } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { describeError } from '../retry.ts';
import { type DownloadLimits, download } from './download.ts';
import { describeUrl } from './http-get.ts';
import { verifyContent } from './verify-content.ts';

/** What bounds the stage-in of one job. */
export interface StageInOptions extends DownloadLimits {
  /** For all inputs of the job together. */
  readonly timeLimitMs: number;
}

const CONCURRENCY = 4;

/**
 * Fetches every File with an http or https location in `values` (a job order, a document with defaults) into `directory`, each URL once, and
 * returns the values with the files' own locations. Throws the code that says why the job fails, with a message that names the URL; the
 * reason of `signal` when it is aborted.
 */
export async function stageIn<T extends readonly JsonObject[]>(
  values: T,
  directory: string,
  options: StageInOptions,
  signal: AbortSignal,
): Promise<T> {
  const files = new Map<string, JsonObject>();
  collect(values, files);
  if (files.size === 0) {
    return values;
  }
  const limit = AbortSignal.timeout(options.timeLimitMs);
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, limit, failed.signal]);
  const staged = new Map<string, string>();
  const pending = [...files];
  const fetchPending = async (): Promise<void> => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const [location, file] = next;
      const folder = join(directory, String(staged.size));
      const path = join(folder, basenameOf(file, location));
      staged.set(location, path);
      await mkdir(folder, { recursive: true });
      await fetchFile(new URL(location), path, file, options, stop);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, files.size) }, () => fetchPending()));
  } catch (error) {
    failed.abort(error);
    signal.throwIfAborted();
    if (limit.aborted) {
      const late = `The inputs could not be fetched within ${options.timeLimitMs / 1000} seconds`;
      throw new DaybookError('limit-exceeded', late, { cause: error });
    }
    throw error;
  }
  return values.map((value) => relocate(value, staged)) as unknown as T;
}

async function fetchFile(
  url: URL,
  path: string,
  file: JsonObject,
  options: StageInOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    await download(url, path, options, signal);
    await verifyContent(path, file);
  } catch (cause) {
    signal.throwIfAborted();
    const code = cause instanceof DaybookError && cause.code !== 'unavailable' ? cause.code : 'invalid-argument';
    const message = `The input ${describeUrl(url)} could not be fetched: ${describeError(cause)}`;
    throw new DaybookError(code, message, { cause });
  }
}

function collect(value: JsonValue | readonly JsonObject[], files: Map<string, JsonObject>): void {
  if (value === null || typeof value !== 'object') {
    return;
  }
  const object = value as JsonObject;
  if (isRemote(object)) {
    if (object.class !== 'File') {
      const place = URL.canParse(object.location) ? describeUrl(new URL(object.location)) : object.location;
      throw new DaybookError('unsupported', `The input ${place} is a Directory without a listing: name its files`);
    }
    files.set(checkedUrl(object.location), object);
  }
  for (const member of Object.values(object)) {
    collect(member, files);
  }
}

function checkedUrl(location: string): string {
  if (!URL.canParse(location)) {
    throw new DaybookError('invalid-argument', `The location ${JSON.stringify(location.slice(0, 200))} is no URL`);
  }
  return location;
}

function isRemote(object: JsonObject): object is JsonObject & { readonly location: string } {
  const { class: kind, location } = object;
  const isPlace = kind === 'File' || (kind === 'Directory' && object.listing === undefined);
  return isPlace && typeof location === 'string' && /^https?:/i.test(location);
}

function relocate(value: JsonValue, staged: ReadonlyMap<string, string>): JsonValue {
  if (Array.isArray(value)) {
    return value.map((element) => relocate(element, staged));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const members = Object.entries(value as JsonObject).map(([name, member]) => [name, relocate(member, staged)]);
  const object = Object.fromEntries(members) as JsonObject;
  const path = isRemote(object) ? staged.get(object.location) : undefined;
  return path === undefined ? object : { ...object, location: pathToFileURL(path).href };
}

/** The name that the tool sees; one that is no file name gets a plain one. */
function basenameOf({ basename }: JsonObject, location: string): string {
  const last = new URL(location).pathname.split('/').at(-1) ?? '';
  const name = typeof basename === 'string' ? basename : decode(last);
  return name === '' || name === '.' || name === '..' || /[/\0]/.test(name) || name.length > 200 ? 'input' : name;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
