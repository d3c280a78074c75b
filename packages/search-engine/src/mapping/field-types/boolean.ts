import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { ValueCondition, ValueFormatter } from '../field-type.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { valueError } from '../mapping-errors.ts';
import type { Parameter, ParameterValues } from '../parameter.ts';
import { booleanOf, parseParameters } from '../parameter.ts';
import { numberRange } from '../value-range.ts';
import { tokenOf } from './number-field.ts';

const nullValue: Parameter<boolean | undefined> = { default: undefined, updatable: false, parse: booleanOf };
const PARAMETERS = { ...COMMON_PARAMETERS, null_value: nullValue };

class BooleanField extends LeafField {
  override readonly form = 'number';

  constructor(site: FieldSite, parameters: ParameterValues<typeof PARAMETERS>) {
    super(boolean, site, parameters);
  }

  index(value: unknown, sink: ValueSink): void {
    sink.number(this.column, parseBoolean(value));
  }

  termCondition(value: QueryValue): ValueCondition {
    return { type: 'term', value: this.#queried(value) };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    return numberRange(range, (bound) => this.#queried(bound));
  }

  override formatter(): ValueFormatter {
    return (value) => (value === 0 ? 'false' : 'true');
  }

  #queried(value: QueryValue): number {
    if (value === true || value === 'true') return 1;
    if (value === false || value === 'false') return 0;
    throw valueError(`Can't parse boolean value [${String(value)}], expected [true] or [false]`);
  }
}

function parseBoolean(value: unknown): number {
  if (value === true || value === 'true') return 1;
  // compat: an empty string is false.
  if (value === false || value === 'false' || value === '') return 0;
  if (typeof value === 'string') {
    throw valueError(`Failed to parse value [${value}] as only [true] or [false] are allowed.`);
  }
  throw valueError(`Current token (${tokenOf(value)}) not of boolean type`, { type: 'json_parse_exception' });
}

/** True or false; its column holds 1 and 0. */
export const boolean: FieldTypeDefinition = {
  name: 'boolean',
  parameters: PARAMETERS,
  build: (site) => new BooleanField(site, parseParameters(PARAMETERS, site.json, { path: site.path, type: 'boolean' })),
};
