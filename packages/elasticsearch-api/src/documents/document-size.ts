import { illegalArgument } from '../errors/errors.ts';

/** A document is analysed in one go, while which nobody else is served: some seconds for one of this size. */
const maxBytes = 16 * 1024 * 1024;

/** Refuses a document that would take too long. */
export function checkDocumentSize(source: Uint8Array): void {
  if (source.byteLength <= maxBytes) return;
  throw illegalArgument(`a document of [${source.byteLength}] bytes is larger than the allowed [${maxBytes}] bytes`);
}
