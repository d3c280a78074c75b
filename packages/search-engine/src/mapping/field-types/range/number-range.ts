import type { QueryValue } from '../../../query/query.ts';
import type { FieldTypeName } from '../../field-type.ts';
import type { FieldSite, FieldTypeDefinition } from '../../leaf-field.ts';
import { parseParameters } from '../../parameter.ts';
import { floatingBounds, type NumberBounds, wholeBounds } from '../../range/number-bounds.ts';
import { doubleKind, floatKind, intKind, longKind, type RangeKind } from '../../range/range-kind.ts';
import { RANGE_PARAMETERS, RangeField, withoutFormat } from './range-field.ts';

class NumberRangeField extends RangeField {
  readonly #bounds: NumberBounds;

  constructor(definition: FieldTypeDefinition, site: FieldSite, kind: RangeKind, bounds: NumberBounds) {
    const field = { path: site.path, type: definition.name };
    super(definition, site, parseParameters(RANGE_PARAMETERS, withoutFormat(site), field), kind);
    this.#bounds = bounds;
  }

  protected override documentKey(bound: unknown): bigint {
    return this.#bounds.documentKey(bound, this.coerce);
  }

  protected override queriedKey(value: QueryValue): bigint {
    return this.#bounds.queriedKey(value);
  }
}

function numberRange(name: FieldTypeName, kind: RangeKind, bounds: NumberBounds): FieldTypeDefinition {
  const definition: FieldTypeDefinition = {
    name,
    parameters: RANGE_PARAMETERS,
    build: (site) => new NumberRangeField(definition, site, kind, bounds),
  };
  return definition;
}

export const integerRange: FieldTypeDefinition = numberRange('integer_range', intKind, wholeBounds('integer'));
export const longRange: FieldTypeDefinition = numberRange('long_range', longKind, wholeBounds('long'));
export const floatRange: FieldTypeDefinition = numberRange('float_range', floatKind, floatingBounds('float'));
export const doubleRange: FieldTypeDefinition = numberRange('double_range', doubleKind, floatingBounds('double'));
