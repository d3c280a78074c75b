import { isDaybookError } from '@daybook/errors';
import { fromAwsError } from './aws-error.ts';
import type { CallOptions, HttpTransport } from './http-transport.ts';
import { parseXml, type XmlElement, xmlText } from './xml.ts';

/** Parameters of the query protocol; those without a value are left out. */
export type QueryParameters = Readonly<Record<string, string | undefined>>;

/** Makes one call in the query protocol and returns the answer's root element; an error answer is thrown. */
export async function callQuery(
  transport: HttpTransport,
  { version, action, parameters }: { version: string; action: string; parameters: QueryParameters },
  { signal }: CallOptions,
): Promise<XmlElement> {
  const form = new URLSearchParams({ Action: action, Version: version });
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.set(name, value);
  const { status, body } = await transport.post({
    action,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
    signal,
  });
  const answer = tryParse(body);
  const call = { service: transport.service, action };
  if (status === 200 && answer !== undefined) return answer;
  if (status === 200) throw fromAwsError({ status: 502, code: 'NoXml', message: 'the answer is no XML' }, call);
  const code = answer && xmlText(answer, 'Error', 'Code');
  const message = answer && xmlText(answer, 'Error', 'Message');
  throw fromAwsError({ status, code: code ?? `HTTP ${status}`, message: message ?? body.slice(0, 200) }, call);
}

function tryParse(body: string): XmlElement | undefined {
  try {
    return parseXml(body);
  } catch (error) {
    if (isDaybookError(error, 'corrupt')) return undefined;
    throw error;
  }
}
