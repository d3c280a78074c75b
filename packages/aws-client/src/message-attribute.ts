/** A typed attribute of a message. The type is `String`, `Number` or `Binary`, or one of them with a suffix after a dot. */
export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: Uint8Array;
}

/** Attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Attributes as AWS JSON has them. */
export function toWireAttributes(attributes: MessageAttributes | undefined): object | undefined {
  if (attributes === undefined) return undefined;
  return mapValues(attributes, ({ dataType, stringValue, binaryValue }) => ({
    DataType: dataType,
    StringValue: stringValue,
    BinaryValue: binaryValue && Buffer.from(binaryValue).toString('base64'),
  }));
}

/** The inverse of {@link toWireAttributes}. */
export function fromWireAttributes(wire: unknown): MessageAttributes {
  return mapValues((wire ?? {}) as Record<string, Record<string, string>>, (attribute) => ({
    dataType: attribute.DataType ?? 'String',
    ...(attribute.StringValue !== undefined && { stringValue: attribute.StringValue }),
    ...(attribute.BinaryValue !== undefined && { binaryValue: Buffer.from(attribute.BinaryValue, 'base64') }),
  }));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
