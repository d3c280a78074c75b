import type { Output } from '../action.ts';
import { describeFailure } from '../wire/failure.ts';
import type { Dialect } from './request.ts';
import { writeXmlAnswer, writeXmlError } from './xml.ts';

/** An answer ready for the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of an action in the request's own protocol. */
export function writeAnswer(
  { service, protocol }: Dialect,
  actionName: string,
  output: Output,
  requestId: string,
): Answer {
  if (protocol === 'json') return { status: 200, headers: jsonHeaders(requestId), body: JSON.stringify(output) };
  return { status: 200, headers: xmlHeaders(requestId), body: writeXmlAnswer(service, actionName, output, requestId) };
}

/** An error in the request's own protocol. */
export function writeError({ service, protocol }: Dialect, error: unknown, requestId: string): Answer {
  const { status, type, sqsCode, snsCode, message, senderFault } = describeFailure(error);
  if (protocol === 'json') {
    const fault = senderFault ? 'Sender' : 'Receiver';
    const headers = { ...jsonHeaders(requestId), 'x-amzn-query-error': `${sqsCode};${fault}` };
    return { status, headers, body: JSON.stringify({ __type: type, message }) };
  }
  const code = service === 'sqs' ? sqsCode : snsCode;
  return {
    status,
    headers: xmlHeaders(requestId),
    body: writeXmlError(service, { code, message, senderFault }, requestId),
  };
}

function jsonHeaders(requestId: string): Record<string, string> {
  return { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId };
}

function xmlHeaders(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
}
