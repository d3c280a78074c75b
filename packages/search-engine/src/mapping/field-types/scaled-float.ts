import { javaDouble } from '../../numbers/java-double.ts';
import type { FieldTypeDefinition } from '../leaf-field.ts';
import { mappingError, valueError } from '../mapping-errors.ts';
import type { ParameterValues } from '../parameter.ts';
import { numberParameter, parseParameters } from '../parameter.ts';
import { NUMBER_PARAMETERS, NumberField } from './number-field.ts';

const PARAMETERS = { ...NUMBER_PARAMETERS, scaling_factor: numberParameter() };

/** Decimal numbers kept as multiples of 1 / `scaling_factor`. */
export const scaledFloat: FieldTypeDefinition = {
  name: 'scaled_float',
  parameters: PARAMETERS,
  build(site) {
    const parameters: ParameterValues<typeof PARAMETERS> = parseParameters(PARAMETERS, site.json, {
      path: site.path,
      type: 'scaled_float',
    });
    const scale = parameters.scaling_factor;
    if (scale === undefined) throw mappingError('illegal_argument_exception', 'Field [scaling_factor] is required');
    if (scale <= 0) {
      throw mappingError(
        'illegal_argument_exception',
        `[scaling_factor] must be a positive number, got [${javaDouble(Number(scale))}]`,
      );
    }
    return new NumberField(scaledFloat, site, parameters, {
      type: 'scaled_float',
      fit(value) {
        const rounded = Math.round(value * scale) / scale;
        if (Number.isFinite(rounded)) return rounded;
        throw valueError(`[scaled_float] only supports finite values, but got [${value}]`);
      },
    });
  },
};
