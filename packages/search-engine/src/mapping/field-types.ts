import { binary } from './field-types/binary.ts';
import { boolean } from './field-types/boolean.ts';
import { date, dateNanos } from './field-types/date.ts';
import { flattened } from './field-types/flattened.ts';
import { double, float, halfFloat } from './field-types/floats.ts';
import { byte, integer, long, short } from './field-types/integers.ts';
import { ip } from './field-types/ip.ts';
import { keyword } from './field-types/keyword.ts';
import { dateRange } from './field-types/range/date-range.ts';
import { ipRange } from './field-types/range/ip-range.ts';
import { doubleRange, floatRange, integerRange, longRange } from './field-types/range/number-range.ts';
import { scaledFloat } from './field-types/scaled-float.ts';
import { text } from './field-types/text.ts';
import type { FieldTypeDefinition } from './leaf-field.ts';

/** Every field type that holds values, by its name in a mapping. */
export const FIELD_TYPES: ReadonlyMap<string, FieldTypeDefinition> = new Map(
  [
    keyword,
    text,
    long,
    integer,
    short,
    byte,
    double,
    float,
    halfFloat,
    scaledFloat,
    binary,
    boolean,
    date,
    dateNanos,
    ip,
    flattened,
    integerRange,
    longRange,
    floatRange,
    doubleRange,
    dateRange,
    ipRange,
  ].map((definition) => [definition.name, definition]),
);
