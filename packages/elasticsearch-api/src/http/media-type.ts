import { DaybookError } from '@daybook/errors';

/** How the request and its answer are written. */
export interface MediaTypes {
  /** The answer's `Content-Type` when it is JSON. */
  readonly answerType: string;
  /** Whether `_type` stands in documents: not when version 8 or 9 was asked for. */
  readonly typed: boolean;
  /** Whether a table was asked for as text rather than JSON. */
  readonly wantsText: boolean;
}

const vendorType = /^application\/vnd\.elasticsearch\+(?:json|x-ndjson)$/;
const plainTypes: ReadonlySet<string> = new Set(['application/json', 'application/x-ndjson']);

/** Reads `Accept`; the vendor type is answered only where it was asked for. */
export function negotiate(accept: string | undefined, contentType: string | undefined): MediaTypes {
  const accepted = parseMediaTypes(accept ?? '');
  const vendor = accepted.find((type) => vendorType.test(type.name));
  const content = parseMediaTypes(contentType ?? '').find((type) => vendorType.test(type.name));
  const version = vendor?.compatibleWith ?? content?.compatibleWith;
  const asksText = accepted.some((type) => type.name === 'text/plain');
  const asksJson = vendor !== undefined || accepted.some((type) => type.name === 'application/json');
  return {
    answerType:
      vendor === undefined
        ? 'application/json; charset=UTF-8'
        : `application/vnd.elasticsearch+json;compatible-with=${vendor.compatibleWith ?? '8'}`,
    typed: version === undefined || version === '7',
    wantsText: asksText || !asksJson,
  };
}

/** Refuses a body whose type is neither JSON nor newline-delimited JSON. */
export function requireJsonContent(contentType: string | undefined): void {
  const [type] = parseMediaTypes(contentType ?? '');
  const versionKnown = type?.compatibleWith === undefined || ['7', '8', '9'].includes(type.compatibleWith);
  if (type !== undefined && versionKnown && (plainTypes.has(type.name) || vendorType.test(type.name))) return;
  const what = contentType === undefined ? 'is missing' : `[${contentType}] is not supported`;
  throw new DaybookError('invalid-argument', `Content-Type header ${what}`, {
    detail: { reason: 'media_type_header_exception', plain: true },
  });
}

interface MediaType {
  readonly name: string;
  readonly compatibleWith: string | undefined;
}

/** Clients send the same few headers all day. */
const parsedHeaders = new Map<string, readonly MediaType[]>();
const maxParsedHeaders = 256;

function parseMediaTypes(header: string): readonly MediaType[] {
  let types = parsedHeaders.get(header);
  if (types === undefined) {
    types = readMediaTypes(header);
    if (parsedHeaders.size >= maxParsedHeaders) parsedHeaders.clear();
    parsedHeaders.set(header, types);
  }
  return types;
}

function readMediaTypes(header: string): readonly MediaType[] {
  return header
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim().toLowerCase()))
    .filter(([name]) => name !== undefined && name !== '')
    .map(([name = '', ...parameters]) => ({
      name,
      compatibleWith: parameters.find((parameter) => parameter.startsWith('compatible-with='))?.split('=')[1],
    }));
}
