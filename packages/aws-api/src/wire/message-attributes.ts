import { createHash } from 'node:crypto';
import type { MessageAttribute, MessageAttributes } from '@daybook/message-bus';
import { failure } from './failure.ts';
import type { Input } from './input.ts';

const NAME = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i;
const TYPE = /^(?:String|Number|Binary)(?:\.[\w.-]{1,249})?$/;
const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

/** Reads the message attributes of a message. */
export function readMessageAttributes(input: Input): MessageAttributes {
  const entries = input.inputMap('MessageAttributes');
  return Object.fromEntries(entries.map(([name, attribute]) => [name, readAttribute(name, attribute)]));
}

function readAttribute(name: string, input: Input): MessageAttribute {
  const label = JSON.stringify(name.slice(0, 256));
  if (!NAME.test(name)) throw failure('InvalidParameterValue', `The message attribute name ${label} is invalid.`);
  const dataType = input.text('DataType') ?? '';
  if (!TYPE.test(dataType)) {
    throw failure(
      'InvalidParameterValue',
      `The type of message attribute ${label} must be String, Number or Binary, with a suffix at most.`,
    );
  }
  if (dataType.startsWith('Binary')) {
    const binaryValue = input.text('BinaryValue');
    if (binaryValue && BASE64.test(binaryValue)) return { dataType, binaryValue };
  } else {
    const stringValue = input.text('StringValue');
    if (stringValue && (!dataType.startsWith('Number') || Number.isFinite(Number(stringValue))))
      return { dataType, stringValue };
  }
  throw failure(
    'InvalidParameterValue',
    `The message attribute ${label} must contain a non-empty value of type ${dataType}.`,
  );
}

/** Attributes in AWS's spelling. */
export function writeMessageAttributes(attributes: MessageAttributes): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { StringValue: stringValue, BinaryValue: binaryValue, DataType: dataType },
    ]),
  );
}

/** The MD5 of a body in hexadecimal, by which clients check what they got. */
export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** The MD5 of attributes (SQS developer guide, "Calculating the MD5 message digest for message attributes"), or undefined of none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const update = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { dataType, stringValue, binaryValue } = attributes[name]!;
    update(Buffer.from(name));
    update(Buffer.from(dataType));
    hash.update(Buffer.of(binaryValue === undefined ? 1 : 2));
    update(binaryValue === undefined ? Buffer.from(stringValue ?? '') : Buffer.from(binaryValue, 'base64'));
  }
  return hash.digest('hex');
}
