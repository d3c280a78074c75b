import { fromAwsError } from './aws-error.ts';
import type { CallOptions, HttpTransport } from './http-transport.ts';

/** Makes one call in AWS JSON 1.0 and returns the answer's object; an error answer is thrown. */
export async function callJson(
  transport: HttpTransport,
  { target, action, input, waitMs = 0 }: { target: string; action: string; input: object; waitMs?: number },
  { signal }: CallOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, headers, body } = await transport.post({
    action,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${target}.${action}` },
    body: JSON.stringify(input),
    waitMs,
    signal,
  });
  const answer = parseObject(body);
  const call = { service: transport.service, action };
  if (status === 200 && answer !== undefined) return answer;
  if (status === 200)
    throw fromAwsError({ status: 502, code: 'NoJson', message: 'the answer is no JSON object' }, call);
  const query = headers['x-amzn-query-error'];
  const code = stringOf(answer?.__type) ?? (typeof query === 'string' ? query.replace(/;.*$/, '') : `HTTP ${status}`);
  const message = stringOf(answer?.message) ?? stringOf(answer?.Message) ?? body.slice(0, 200);
  throw fromAwsError({ status, code, message }, call);
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
