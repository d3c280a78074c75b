import { createHash } from 'node:crypto';
import { escapeXml, parseXml } from '../xml.ts';
import { bodyText, errorOf, refusalOf } from './answer.ts';
import type { S3Transport } from './s3-transport.ts';

const MAX_ANSWER_BYTES = 8 * 2 ** 20;

/** DeleteObjects; an error that the answer has for one of the keys is thrown. */
export async function deleteObjects(
  transport: S3Transport,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (keys.length === 0) return;
  const objects = keys.map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`).join('');
  const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects}</Delete>`;
  // spec: Amazon S3 API, DeleteObjects: the body needs a checksum; this one is known to every server.
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64'), 'content-type': 'application/xml' };
  const answer = await transport.send({
    method: 'POST',
    bucket,
    key: '',
    query: { delete: '' },
    headers,
    body,
    signal,
  });
  if (answer.statusCode !== 200) throw await refusalOf(answer, 'DeleteObjects', bucket);
  const failed = parseXml(await bodyText(answer.body, MAX_ANSWER_BYTES)).children.find(({ name }) => name === 'Error');
  if (failed !== undefined) throw errorOf(failed, answer.statusCode, 'DeleteObjects');
}
