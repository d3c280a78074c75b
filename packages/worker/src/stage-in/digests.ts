import { createHash, getHashes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import { crc32c } from '@daybook/durable-log';

/** What the content of a file must hash to. */
export interface ExpectedDigest {
  /** A digest of OpenSSL, `crc32` or `crc32c`. */
  readonly algorithm: string;
  /** Lower-case hexadecimal. */
  readonly digest: string;
}

interface Accumulator {
  update(chunk: Buffer): unknown;
  digest(encoding: 'hex'): string;
}

type Crc = (chunk: Buffer, value: number) => number;

const CRCS: ReadonlyMap<string, Crc> = new Map<string, Crc>([
  ['crc32', crc32],
  ['crc32c', crc32c],
]);

/** Whether files can be hashed so. */
export function isKnownAlgorithm(algorithm: string): boolean {
  return CRCS.has(algorithm) || getHashes().includes(algorithm);
}

/** The digests of a file in lower-case hexadecimal, by their algorithms. The file is read once. */
export async function digestFile(path: string, algorithms: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const accumulators = new Map([...algorithms].map((algorithm) => [algorithm, createAccumulator(algorithm)]));
  if (accumulators.size > 0) {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 18 }) as AsyncIterable<Buffer>) {
      for (const accumulator of accumulators.values()) {
        accumulator.update(chunk);
      }
    }
  }
  return new Map([...accumulators].map(([algorithm, accumulator]) => [algorithm, accumulator.digest('hex')]));
}

function createAccumulator(algorithm: string): Accumulator {
  const crc = CRCS.get(algorithm);
  if (crc === undefined) {
    return createHash(algorithm);
  }
  let value = 0;
  return {
    update: (chunk) => {
      value = crc(chunk, value);
    },
    digest: () => value.toString(16).padStart(8, '0'),
  };
}
