import { DaybookError } from '@daybook/errors';
import { parseSource } from '../index/source.ts';
import type { FieldType, RangeForm } from '../mapping/field-type.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { FieldValue } from './fetch.ts';
import type { SourceField } from './source-fields.ts';
import { fieldPaths } from './source-fields.ts';
import { sourceValues } from './source-values.ts';

/** The fields that match a pattern and are kept beside the source, by their mapping's `store`. An object is `invalid-argument`. */
export function storedFields(mapping: Mapping, pattern: string): readonly SourceField[] {
  if (mapping.objects().includes(pattern)) {
    throw new DaybookError('invalid-argument', `field [${pattern}] isn't a leaf field`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  return mapping.matchingFields(pattern).flatMap((name) => {
    const field = mapping.field(name)!;
    if (!field.stored) return [];
    if (field.range !== undefined) return [{ name, read: storedRanges(mapping, field.path, field.range) }];
    const paths = fieldPaths(mapping, field, undefined);
    return [{ name, read: (source) => paths.flatMap((read) => read(source)).map((value) => storedForm(field, value)) }];
  });
}

/** The stored ones of the fields so named, from a source; those without a value are left out. */
export function readStoredFields(
  mapping: Mapping,
  source: Uint8Array,
  names: readonly string[],
): Readonly<Record<string, readonly FieldValue[]>> {
  const found: [name: string, values: readonly FieldValue[]][] = [];
  let parsed: unknown;
  for (const name of names) {
    if (name.includes('*')) continue;
    for (const field of storedFields(mapping, name)) {
      parsed ??= parseSource(source);
      const values = field.read(parsed);
      if (values.length > 0) found.push([name, values]);
    }
  }
  return Object.fromEntries(found);
}

function storedRanges(mapping: Mapping, path: string, range: RangeForm): SourceField['read'] {
  const paths = mapping.sourcePaths(path);
  return (source) =>
    paths
      .flatMap((each) => sourceValues(source, each))
      .filter((value) => value !== null)
      .map((value) => range.storedText(value));
}

/** compat: bytes are stored with the padding of their Base64, which their doc values lack. */
function storedForm(field: FieldType, value: FieldValue): FieldValue {
  return field.type === 'binary' && typeof value === 'string'
    ? value.padEnd(Math.ceil(value.length / 4) * 4, '=')
    : value;
}
