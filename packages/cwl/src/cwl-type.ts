/** A CWL type, every name in it resolved. */
export type CwlType =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: 'array'; readonly items: CwlType }
  | { readonly kind: 'enum'; readonly symbols: readonly string[] }
  | { readonly kind: 'record'; readonly fields: readonly RecordField[] }
  /** Any one of two or more types; never nested in another union. */
  | { readonly kind: 'union'; readonly members: readonly CwlType[] };

/** The types without parts. */
export type PrimitiveKind =
  | 'null'
  | 'boolean'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'string'
  | 'File'
  | 'Directory'
  | 'Any';

/** A field of a record type. */
export interface RecordField {
  readonly name: string;
  readonly type: CwlType;
  readonly doc?: string;
}

/** The types that a value may have: the members of a union, or the type itself. */
export function alternatives(type: CwlType): readonly CwlType[] {
  return type.kind === 'union' ? type.members : [type];
}

/** Whether the type allows null. */
export function isOptional(type: CwlType): boolean {
  return alternatives(type).some((member) => member.kind === 'null');
}
