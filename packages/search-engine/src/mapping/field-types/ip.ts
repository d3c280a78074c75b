import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { ValueCondition, ValueFormatter } from '../field-type.ts';
import { javaText } from '../java-text.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { valueError } from '../mapping-errors.ts';
import type { ParameterValues } from '../parameter.ts';
import { booleanParameter, parseParameters, stringParameter, unusedParameter } from '../parameter.ts';
import { stringRange } from '../value-range.ts';
import { formatIpAddress, parseIpAddress, parseNetwork } from './ip-address.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  // compat: it is taken, and no query sees it.
  boost: unusedParameter(),
  null_value: stringParameter(undefined),
  ignore_malformed: booleanParameter(false, { updatable: true, explicit: true }),
};

class IpField extends LeafField {
  override readonly form = 'string';
  readonly #ignoreMalformed: boolean;

  constructor(site: FieldSite, parameters: ParameterValues<typeof PARAMETERS>) {
    super(ip, site, parameters);
    this.#ignoreMalformed = parameters.ignore_malformed;
  }

  index(value: unknown, sink: ValueSink): void {
    if (typeof value === 'object') {
      throw valueError("Can't get text on a START_OBJECT", { type: 'illegal_state_exception' });
    }
    const address = parseIpAddress(String(value));
    if (address !== undefined) sink.string(this.column, address);
    else if (this.#ignoreMalformed) sink.ignored(this.path);
    else throw notAnAddress(value);
  }

  termCondition(value: QueryValue): ValueCondition {
    const text = String(value);
    if (!text.includes('/')) return { type: 'term', value: addressOf(text) };
    const network = parseNetwork(text);
    if (network === undefined) throw valueError(`Expected [ip/prefix] but was [${text}]`);
    return { type: 'range', lower: network.first, includeLower: true, upper: network.last, includeUpper: true };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    return stringRange(range, (bound) => addressOf(String(bound)));
  }

  override formatter(): ValueFormatter {
    return (value) => formatIpAddress(value as string);
  }
}

/** The order-preserving form of an address. Throws a `valueError`. */
export function addressOf(text: string): string {
  const address = parseIpAddress(text);
  if (address === undefined) throw notAnAddress(text);
  return address;
}

function notAnAddress(value: unknown): Error {
  return valueError(`'${javaText(value)}' is not an IP string literal.`);
}

/** IPv4 and IPv6 addresses. */
export const ip: FieldTypeDefinition = {
  name: 'ip',
  parameters: PARAMETERS,
  build: (site) => new IpField(site, parseParameters(PARAMETERS, site.json, { path: site.path, type: 'ip' })),
};
