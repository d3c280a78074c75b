import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@daybook/cwl';
import { basenameOf, isS3, type RemoteObject } from './collect-remote.ts';
import type { AddressPolicy } from './http-get.ts';
import { httpSource } from './http-source.ts';
import type { InputSource } from './input-source.ts';
import { listPrefix } from './s3/list-prefix.ts';
import { checkS3Location, type S3Inputs } from './s3/s3-inputs.ts';
import { s3Source } from './s3/s3-source.ts';

/** One file to fetch. */
export interface Transfer {
  readonly source: InputSource;
  /** Its folder exists. */
  readonly path: string;
  /** What is expected of it. */
  readonly file: JsonObject;
}

/** From where inputs may be fetched. */
export interface SourcePolicy extends AddressPolicy {
  /** Absent: there are no s3 inputs. */
  readonly s3?: S3Inputs;
}

/** The files that `object` is made of, in `folder`, which is made. The path of the whole is `folder` and {@link basenameOf}. */
export async function planTransfers(
  object: RemoteObject,
  folder: string,
  policy: SourcePolicy,
  signal: AbortSignal,
): Promise<readonly Transfer[]> {
  const { location } = object;
  const path = join(folder, basenameOf(object));
  await mkdir(folder, { recursive: true });
  if (!isS3(location)) {
    return [{ source: httpSource(new URL(location), policy), path, file: object }];
  }
  const { address, inputs } = checkS3Location(
    object.class === 'File' || location.endsWith('/') ? location : `${location}/`,
    policy.s3,
  );
  if (object.class === 'File') {
    return [{ source: s3Source(address, inputs), path, file: object }];
  }
  await mkdir(path);
  const transfers: Transfer[] = [];
  for (const file of await listPrefix(address, inputs, signal)) {
    await mkdir(join(path, ...file.segments.slice(0, -1)), { recursive: true });
    transfers.push({ source: s3Source(file.location, inputs), path: join(path, ...file.segments), file: {} });
  }
  return transfers;
}
