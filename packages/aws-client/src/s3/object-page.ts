import { DaybookError } from '@daybook/errors';
import { type XmlElement, xmlText } from '../xml.ts';

/** An object as a listing has it. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedTime: Date;
}

/** A page of a listing. */
export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  /** What stands, up to the delimiter, in the place of the keys that begin with it; they end with the delimiter. */
  readonly prefixes: readonly string[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** The page that the answer to ListObjectsV2 holds; `corrupt` where it is no such answer. */
export function parseObjectPage(answer: XmlElement): ObjectPage {
  const decode = xmlText(answer, 'EncodingType') === 'url' ? decodeKey : (key: string) => key;
  const all = (name: string): readonly XmlElement[] => answer.children.filter((child) => child.name === name);
  const objects = all('Contents').map((element) => ({
    key: decode(xmlText(element, 'Key') ?? ''),
    sizeBytes: Number(xmlText(element, 'Size')),
    modifiedTime: new Date(xmlText(element, 'LastModified') ?? ''),
  }));
  const prefixes = all('CommonPrefixes').map((element) => decode(xmlText(element, 'Prefix') ?? ''));
  const isOdd = objects.some(({ key, sizeBytes }) => key === '' || !(sizeBytes >= 0)) || prefixes.includes('');
  if (answer.name !== 'ListBucketResult' || isOdd) {
    throw new DaybookError('corrupt', 'the answer of s3 is no listing');
  }
  const next = xmlText(answer, 'NextContinuationToken');
  return {
    objects,
    prefixes,
    ...(xmlText(answer, 'IsTruncated') === 'true' && next !== undefined && { nextToken: next }),
  };
}

/** XML cannot hold every character of a key, so keys are asked for in the encoding of forms. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch (cause) {
    throw new DaybookError('corrupt', `the answer of s3 has the key ${JSON.stringify(encoded.slice(0, 200))}`, {
      cause,
    });
  }
}
