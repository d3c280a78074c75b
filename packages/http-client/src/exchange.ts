import { DaybookError } from '@daybook/errors';
import type { Dispatcher } from 'undici';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

/**
 * One request and its answer. The dispatcher is called as it is, without the streams and abort signals of `undici.request`, which take more of the processor than
 * the exchange itself: 95 µs against 40 µs for a small answer.
 */
export async function exchange(
  dispatcher: Dispatcher,
  { method, path, headers, body, timeoutMs, signal }: HttpRequest,
  maxAnswerBytes: number,
): Promise<HttpAnswer> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let status = 0;
    let answerHeaders: HttpAnswer['headers'] = {};
    let controller: Dispatcher.DispatchController | undefined;
    let failure: Error | undefined;

    const timer = setTimeout(
      () => fail(new DaybookError('timeout', `no answer within ${timeoutMs} ms`)),
      Math.max(0, timeoutMs),
    );
    const onAbort = (): void => fail(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });

    function settled(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }

    function fail(error: Error): void {
      settled();
      failure = error;
      reject(error);
      // Where it still waits for a connection there is none to cut yet: it is cut at its start.
      controller?.abort(error);
    }

    dispatcher.dispatch(
      { method, path, headers, body: body ?? null },
      {
        onRequestStart(started) {
          controller = started;
          if (failure !== undefined) started.abort(failure);
        },
        onResponseStart(_, statusCode, received) {
          status = statusCode;
          answerHeaders = received;
        },
        onResponseData(_, chunk) {
          bytes += chunk.length;
          if (bytes > maxAnswerBytes) {
            fail(new DaybookError('limit-exceeded', `an answer of more than ${maxAnswerBytes} bytes`));
          } else {
            chunks.push(chunk);
          }
        },
        onResponseEnd() {
          settled();
          resolve({ status, headers: answerHeaders, body: textOf(chunks) });
        },
        onResponseError(_, error) {
          settled();
          reject(error);
        },
      },
    );
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8');
}
