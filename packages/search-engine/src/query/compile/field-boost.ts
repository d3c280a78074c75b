import type { FieldType } from '../../mapping/field-type.ts';
import { mappingError } from '../../mapping/mapping-errors.ts';
import { javaFloat } from '../../numbers/java-float.ts';

/** The boost of a query for one value of the field: with what the mapping says. compat: a boost that cannot be is told of when the field is asked. */
export function withFieldBoost(field: FieldType, boost: number): number {
  const own = Math.fround(field.boost);
  if (own >= 0 && Number.isFinite(own)) return boost * field.boost;
  const text = Number.isFinite(own) ? javaFloat(own) : String(own);
  throw mappingError('illegal_argument_exception', `boost must be a positive float, got ${text}`);
}
