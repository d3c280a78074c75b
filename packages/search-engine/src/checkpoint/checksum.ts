import { createCipheriv } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from '@daybook/durable-log';

/** A number that differs when the bytes do, at least 2^-32 of the chances aside. */
export type Checksum = (bytes: Uint8Array) => number;

const KEY = Buffer.alloc(16);
const NONCE = Buffer.alloc(12);
const GMAC_BYTES = 6;

/** By version of a checkpoint file: the checksum of its arrays. */
export const ARRAY_CHECKSUMS: Readonly<Record<number, Checksum>> = { 1: crc32c, 2: crc32, 3: gmac };

/** By version of a checkpoint file: the checksum of its manifest. */
export const MANIFEST_CHECKSUMS: Readonly<Record<number, Checksum>> = { 1: crc32c, 2: crc32, 3: crc32 };

/**
 * The first 48 bits of the GMAC (NIST SP 800-38D) under a key of zeros. Nothing here is secret: processors compute it, and Node gives access to that, at three to
 * four times the speed of Node's CRC-32, and reading a checkpoint is most of what a start waits for.
 */
export function gmac(bytes: Uint8Array): number {
  const cipher = createCipheriv('aes-128-gcm', KEY, NONCE);
  cipher.setAAD(bytes);
  cipher.final();
  return cipher.getAuthTag().readUIntLE(0, GMAC_BYTES);
}
