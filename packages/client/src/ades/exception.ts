import { DaybookError, type ErrorCode } from '@daybook/errors';

const SHOWN_CHARS = 200;

/** The error of an answer with `status`: an OGC exception says itself what was wrong; `asked` says what else was. `detail.status` has the status. */
export function errorOfAnswer(status: number, body: unknown, asked: string): DaybookError {
  const said = detailOf(body);
  const message = said ?? `${asked} was answered ${status}${shown(body)}; is an ADES there?`;
  return new DaybookError(codeOf(status), message, { detail: { status } });
}

function detailOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { detail, title } = body as { readonly detail?: unknown; readonly title?: unknown };
  if (typeof detail === 'string' && detail !== '') return detail;
  return typeof title === 'string' ? title : undefined;
}

function shown(body: unknown): string {
  if (typeof body !== 'string' || body === '') return '';
  return `: ${body.replace(/\s+/g, ' ').slice(0, SHOWN_CHARS)}`;
}

function codeOf(status: number): ErrorCode {
  if (status === 429 || status === 502 || status === 503 || status === 504) return 'unavailable';
  if (status >= 500) return 'internal';
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 409:
      return 'conflict';
    case 413:
      return 'limit-exceeded';
    default:
      return 'invalid-argument';
  }
}
