import type { FieldTypeDefinition } from '../leaf-field.ts';
import { valueError } from '../mapping-errors.ts';
import { parseParameters } from '../parameter.ts';
import type { NumberRange } from './number-field.ts';
import { NUMBER_PARAMETERS, NumberField } from './number-field.ts';

type IntegerName = 'long' | 'integer' | 'short' | 'byte';

/** Smallest and largest value, and the text in which Elasticsearch names them. */
const RANGES: Readonly<Record<IntegerName, { min: number; max: number; java: string; shown: string }>> = {
  long: { min: -(2 ** 63), max: 2 ** 63, java: 'long', shown: '-9223372036854775808 - 9223372036854775807' },
  integer: { min: -(2 ** 31), max: 2 ** 31 - 1, java: 'int', shown: '-2147483648 - 2147483647' },
  short: { min: -(2 ** 15), max: 2 ** 15 - 1, java: 'short', shown: '-32768 - 32767' },
  byte: { min: -128, max: 127, java: 'byte', shown: '-128 - 127' },
};

/** What the values of a type of whole numbers may be. */
export function integerRange(type: IntegerName): NumberRange {
  const { min, max, java, shown } = RANGES[type];
  const javaClass = type.charAt(0).toUpperCase() + type.slice(1);
  return {
    type,
    fit(value, coerce) {
      const whole = Math.trunc(value);
      if (!coerce && whole !== value)
        throw valueError(`${value} cannot be converted to ${javaClass} without data loss`);
      if (whole >= min && whole <= max) return whole;
      if (type === 'short' || type === 'byte') throw valueError(`Value [${value}] is out of range for a ${type}`);
      throw valueError(`Numeric value (${decimalText(value)}) out of range of ${java} (${shown})`, {
        type: 'input_coercion_exception',
      });
    },
  };
}

function decimalText(value: number): string {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : String(value);
}

function integerType(name: IntegerName): FieldTypeDefinition {
  const range = integerRange(name);
  const definition: FieldTypeDefinition = {
    name,
    parameters: NUMBER_PARAMETERS,
    build(site) {
      const parameters = parseParameters(NUMBER_PARAMETERS, site.json, { path: site.path, type: name });
      return new NumberField(definition, site, parameters, range);
    },
  };
  return definition;
}

export const long: FieldTypeDefinition = integerType('long');
export const integer: FieldTypeDefinition = integerType('integer');
export const short: FieldTypeDefinition = integerType('short');
export const byte: FieldTypeDefinition = integerType('byte');
