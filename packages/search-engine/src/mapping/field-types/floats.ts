import { javaDouble } from '../../numbers/java-double.ts';
import type { FieldTypeDefinition } from '../leaf-field.ts';
import { valueError } from '../mapping-errors.ts';
import { parseParameters } from '../parameter.ts';
import type { NumberRange } from './number-field.ts';
import { NUMBER_PARAMETERS, NumberField } from './number-field.ts';

type FloatName = 'double' | 'float' | 'half_float';

const LARGEST_HALF = 65_504;
const SMALLEST_NORMAL_HALF = 2 ** -14;

/** The nearest number of 16 bits, ties to even; beyond the largest by half a step it is infinite. */
function roundToHalf(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude === 0 || !Number.isFinite(value)) return value;
  const step = magnitude < SMALLEST_NORMAL_HALF ? 2 ** -24 : 2 ** (Math.floor(Math.log2(Math.fround(magnitude))) - 10);
  const steps = magnitude / step;
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const rounded = (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor) * step;
  const limited = rounded > LARGEST_HALF ? Number.POSITIVE_INFINITY : rounded;
  return value < 0 ? -limited : limited;
}

const ROUND: Readonly<Record<FloatName, (value: number) => number>> = {
  double: (value) => value,
  float: Math.fround,
  half_float: roundToHalf,
};

/** What the values of a type of floating numbers may be. */
export function floatRange(type: FloatName): NumberRange {
  const round = ROUND[type];
  return {
    type,
    fit(value) {
      const rounded = round(value);
      if (Number.isFinite(rounded)) return rounded;
      const shown = type === 'half_float' ? javaDouble(Math.fround(value)) : String(rounded);
      throw valueError(`[${type}] supports only finite values, but got [${shown}]`);
    },
  };
}

function floatType(name: FloatName): FieldTypeDefinition {
  const range = floatRange(name);
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

export const double: FieldTypeDefinition = floatType('double');
export const float: FieldTypeDefinition = floatType('float');
export const halfFloat: FieldTypeDefinition = floatType('half_float');
