import { illegalArgument } from '../errors/errors.ts';

/** Parsed, a document takes several times its size. */
const maxBytes = 16 * 1024 * 1024;

/** Whether a document is refused for its size. */
export function isTooLarge(source: Uint8Array): boolean {
  return source.byteLength > maxBytes;
}

/** Refuses a document that would take too long. */
export function checkDocumentSize(source: Uint8Array): void {
  if (!isTooLarge(source)) return;
  throw illegalArgument(`a document of [${source.byteLength}] bytes is larger than the allowed [${maxBytes}] bytes`);
}
