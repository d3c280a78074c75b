import { DaybookError } from '@daybook/errors';
import { type XmlElement, xmlText } from '../xml.ts';

/** An object as a listing has it. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
}

/** A page of a listing. */
export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** The page that the answer to ListObjectsV2 holds; `corrupt` where it is no such answer. */
export function parseObjectPage(answer: XmlElement): ObjectPage {
  const objects = answer.children
    .filter(({ name }) => name === 'Contents')
    .map((element) => ({ key: xmlText(element, 'Key') ?? '', sizeBytes: Number(xmlText(element, 'Size')) }));
  if (answer.name !== 'ListBucketResult' || objects.some(({ key, sizeBytes }) => key === '' || !(sizeBytes >= 0))) {
    throw new DaybookError('corrupt', 'the answer of s3 is no listing');
  }
  const next = xmlText(answer, 'NextContinuationToken');
  return { objects, ...(xmlText(answer, 'IsTruncated') === 'true' && next !== undefined && { nextToken: next }) };
}
