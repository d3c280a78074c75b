import { codeOfStatus, DaybookError } from '@daybook/errors';

const SHOWN_CHARS = 200;

/** The error of an answer with `status`: an OGC exception says itself what was wrong; `asked` says what else was. `detail.status` has the status. */
export function errorOfAnswer(status: number, body: unknown, asked: string): DaybookError {
  const said = detailOf(body);
  const message = said ?? `${asked} was answered ${status}${shown(body)}; is an ADES there?`;
  return new DaybookError(codeOfStatus(status), message, { detail: { status } });
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
