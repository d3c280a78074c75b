import { fileOfLog, logOfFile } from '../log-names.ts';
import type { StoreBucket } from './store-bucket.ts';

/** A part of a log, one object. */
export interface LogPart {
  readonly key: string;
  /** Where it begins in the log, in bytes. */
  readonly start: number;
  readonly sizeBytes: number;
  readonly modifiedTime: Date;
}

const PART = /^(.+)\/(\d{15})$/s;

/** The key below which the parts of a log stand. `place` is that of the attempt's logs. */
export function logKey(place: string, name: string): string {
  return `${place}${fileOfLog(name)}/`;
}

/** The key of the part of a log that begins at `start`; keys sort as parts follow each other. */
export function partKey(log: string, start: number): string {
  return `${log}${String(start).padStart(15, '0')}`;
}

/** The parts of each log below a key, up to the first one that is missing; undefined where there is nothing, not even the place of logs. */
export async function readParts(
  bucket: StoreBucket,
  place: string,
  below: string = place,
): Promise<ReadonlyMap<string, readonly LogPart[]> | undefined> {
  const logs = new Map<string, LogPart[]>();
  let isThere = false;
  for await (const { objects } of bucket.pages({ prefix: below })) {
    isThere ||= objects.length > 0;
    for (const { key, sizeBytes, modifiedTime } of objects) {
      const [, file, offset] = PART.exec(key.slice(place.length)) ?? [];
      const name = file === undefined ? undefined : logOfFile(file);
      if (name === undefined) continue;
      const parts = logs.get(name) ?? [];
      const start = Number(offset);
      if (start === sizeOf(parts)) parts.push({ key, start, sizeBytes, modifiedTime });
      logs.set(name, parts);
    }
  }
  return isThere ? logs : undefined;
}

/** Bytes of a log, of which these are all parts. */
export function sizeOf(parts: readonly LogPart[]): number {
  const last = parts.at(-1);
  return last === undefined ? 0 : last.start + last.sizeBytes;
}
