import { DaybookError } from '@daybook/errors';

/** The bytes of an answer as they come. Rejects with `unavailable` where the connection breaks before its end. */
export async function* readChunks({ body, url }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new DaybookError('unavailable', `${url}: the connection broke before the end`, { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
