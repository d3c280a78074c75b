import { pathToFileURL } from 'node:url';
import type { JsonObject, JsonValue } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { describeUrl } from './http-get.ts';

/** A File, or a Directory without a listing, that lies elsewhere. */
export interface RemoteObject extends JsonObject {
  readonly class: 'File' | 'Directory';
  readonly location: string;
}

/** What has to be fetched for `values`, each location once. Throws for what cannot be. */
export function collectRemote(values: readonly JsonObject[]): ReadonlyMap<string, RemoteObject> {
  const found = new Map<string, RemoteObject>();
  collect(values, found);
  return found;
}

function collect(value: JsonValue | readonly JsonObject[], found: Map<string, RemoteObject>): void {
  if (value === null || typeof value !== 'object') {
    return;
  }
  const object = value as JsonObject;
  if (isRemote(object)) {
    checkLocation(object);
    found.set(object.location, object);
  }
  for (const member of Object.values(object)) {
    collect(member, found);
  }
}

function checkLocation({ class: kind, location }: RemoteObject): void {
  if (isS3(location)) {
    return;
  }
  if (!URL.canParse(location)) {
    throw new DaybookError('invalid-argument', `The location ${JSON.stringify(location.slice(0, 200))} is no URL`);
  }
  if (kind === 'Directory') {
    const place = describeUrl(new URL(location));
    throw new DaybookError('unsupported', `The input ${place} is a Directory without a listing: name its files`);
  }
}

/** `values` with the paths that their remote locations were staged to. */
export function relocate(value: JsonValue, staged: ReadonlyMap<string, string>): JsonValue {
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

/** Whether a location is in S3. */
export function isS3(location: string): boolean {
  return /^s3:/i.test(location);
}

function isRemote(object: JsonObject): object is RemoteObject {
  const { class: kind, location } = object;
  const isPlace = kind === 'File' || (kind === 'Directory' && object.listing === undefined);
  return isPlace && typeof location === 'string' && /^(?:https?|s3):/i.test(location);
}

/** The name that the tool sees; one that is no file name gets a plain one. */
export function basenameOf({ basename, location }: RemoteObject): string {
  const last = isS3(location)
    ? (location.replace(/\/+$/, '').split('/').at(-1) ?? '')
    : decode(new URL(location).pathname.split('/').at(-1) ?? '');
  const name = typeof basename === 'string' ? basename : last;
  return name === '' || name === '.' || name === '..' || /[/\0]/.test(name) || name.length > 200 ? 'input' : name;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
