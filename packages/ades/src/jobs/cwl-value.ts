import { isJsonObject, type Json } from '@daybook/jobs';

/** A File or Directory of a CWL output object, located by a URL. */
export interface LocatedValue {
  readonly class: 'File' | 'Directory';
  readonly location: string;
  readonly basename?: string;
  /** `sha1$` and hexadecimal digits. */
  readonly checksum?: string;
}

/** Whether a value of the results is a File or Directory that has a URL. */
export function isLocated(value: Json | undefined): value is Json & LocatedValue {
  return (
    isJsonObject(value) && (value.class === 'File' || value.class === 'Directory') && typeof value.location === 'string'
  );
}
