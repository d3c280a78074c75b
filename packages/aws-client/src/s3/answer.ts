import type { Readable } from 'node:stream';
import { DaybookError } from '@daybook/errors';
import { fromAwsError } from '../aws-error.ts';
import { parseXml, type XmlElement, xmlText } from '../xml.ts';
import type { ObjectAnswer } from './object.ts';

const MAX_ERROR_BYTES = 64 * 2 ** 10;

/** The error that an answer means which is none of those that were expected. Reads its body. */
export async function refusalOf(answer: ObjectAnswer, action: string, bucket: string): Promise<DaybookError> {
  const status = answer.statusCode;
  const region = answer.headers['x-amz-bucket-region'];
  const xml = tryParse(await bodyText(answer.body, MAX_ERROR_BYTES).catch(() => ''));
  if (status >= 300 && status < 400 && typeof region === 'string') {
    const message = `s3 ${action}: the bucket ${bucket} is in the region ${region}`;
    return new DaybookError('invalid-argument', message, { detail: { service: 's3', action, status, region } });
  }
  return errorOf(xml, status, action);
}

/** The error in an answer's XML, or what its status alone means. */
export function errorOf(xml: XmlElement | undefined, status: number, action: string): DaybookError {
  const code = (xml && xmlText(xml, 'Code')) ?? `HTTP ${status}`;
  return fromAwsError({ status, code, message: (xml && xmlText(xml, 'Message')) ?? code }, { service: 's3', action });
}

/** The whole body as UTF-8; `corrupt` where it is longer. */
export async function bodyText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new DaybookError('corrupt', `the answer of s3 is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function tryParse(text: string): XmlElement | undefined {
  try {
    return parseXml(text);
  } catch {
    return undefined;
  }
}
