import type { Output } from '../action.ts';

/** Namespaces of the query protocol's answers. */
const XML_NAMESPACES = {
  sqs: 'http://queue.amazonaws.com/doc/2012-11-05/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
} as const;

/** Whose answers these are. */
export type ServiceName = keyof typeof XML_NAMESPACES;

/** How SQS's XML names what AWS JSON calls so. Lists and maps stand in the answer without an element around them. */
const SQS_ELEMENTS: Readonly<Record<string, string>> = {
  Attributes: 'Attribute',
  Failed: 'BatchResultErrorEntry',
  MessageAttributes: 'MessageAttribute',
  Messages: 'Message',
  QueueUrls: 'QueueUrl',
  Results: 'ListMessageMoveTasksResultEntry',
  Tags: 'Tag',
  queueUrls: 'QueueUrl',
};
const SQS_MAPS = new Set(['Attributes', 'MessageAttributes', 'Tags']);

/** The actions whose answers have a result even when it is empty, without which boto3 fails. */
const HAS_RESULT = /^(Receive|List|Get|TagResource$|UntagResource$)/;

/** The answer of an action as XML. */
export function writeXmlAnswer(service: ServiceName, action: string, output: Output, requestId: string): string {
  const content = service === 'sqs' ? sqsContent(output, `${action}ResultEntry`) : snsContent(output);
  const result = content === '' && !HAS_RESULT.test(action) ? '' : element(`${action}Result`, content);
  const metadata = element('ResponseMetadata', element('RequestId', requestId));
  return `<?xml version="1.0"?><${action}Response xmlns="${XML_NAMESPACES[service]}">${result}${metadata}</${action}Response>`;
}

/** An error as XML. */
export function writeXmlError(
  service: ServiceName,
  { code, message, senderFault }: { readonly code: string; readonly message: string; readonly senderFault: boolean },
  requestId: string,
): string {
  const type = senderFault ? 'Sender' : 'Receiver';
  const error =
    element('Type', type) +
    element('Code', escapeXml(code)) +
    element('Message', escapeXml(message)) +
    element('Detail', '');
  return `<?xml version="1.0"?><ErrorResponse xmlns="${XML_NAMESPACES[service]}">${element('Error', error)}${element('RequestId', requestId)}</ErrorResponse>`;
}

function sqsContent(output: Output, successElement: string): string {
  return members(output)
    .map(([name, value]) => {
      const tag = name === 'Successful' ? successElement : (SQS_ELEMENTS[name] ?? name);
      if (Array.isArray(value)) return value.map((item) => element(tag, sqsValue(item, successElement))).join('');
      if (!SQS_MAPS.has(name)) return element(tag, sqsValue(value, successElement));
      const key = name === 'Tags' ? 'Key' : 'Name';
      return members(value as Output)
        .map(([entry, part]) =>
          element(tag, element(key, escapeXml(entry)) + element('Value', sqsValue(part, successElement))),
        )
        .join('');
    })
    .join('');
}

function sqsValue(value: unknown, successElement: string): string {
  return typeof value === 'object' ? sqsContent(value as Output, successElement) : escapeXml(String(value));
}

function snsContent(output: Output): string {
  return members(output)
    .map(([name, value]) => {
      if (Array.isArray(value)) return element(name, value.map((item) => element('member', snsContent(item))).join(''));
      if (typeof value !== 'object') return element(name, escapeXml(String(value)));
      const entries = members(value as Output);
      return element(
        name,
        entries
          .map(([key, part]) =>
            element('entry', element('key', escapeXml(key)) + element('value', escapeXml(String(part)))),
          )
          .join(''),
      );
    })
    .join('');
}

function members(output: Output): (readonly [string, unknown])[] {
  return Object.entries(output).filter(([, value]) => value !== undefined && value !== null);
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (char) => ESCAPES[char]!);
}
