import type { QueryValue } from '../../../query/query.ts';
import type { JsonObject } from '../../json.ts';
import type { FieldSite, FieldTypeDefinition } from '../../leaf-field.ts';
import { valueError } from '../../mapping-errors.ts';
import { parseParameters } from '../../parameter.ts';
import { ipKind } from '../../range/range-kind.ts';
import { addressOf } from '../ip.ts';
import { formatIpAddress, V4_PREFIX } from '../ip-address.ts';
import { type GivenRange, RANGE_PARAMETERS, RangeField, textOfBound, withoutFormat } from './range-field.ts';

/** A network as it was written: an address in it, in its order-preserving form, and how many of its first bits the others share. */
interface Network {
  readonly address: string;
  readonly prefixLength: number;
}

class IpRangeField extends RangeField {
  constructor(site: FieldSite) {
    const field = { path: site.path, type: 'ip_range' };
    super(ipRange, site, parseParameters(RANGE_PARAMETERS, withoutFormat(site), field), ipKind);
  }

  protected override documentKey(bound: unknown): bigint {
    return keyOf(addressOf(textOfBound(bound)));
  }

  protected override queriedKey(value: QueryValue): bigint {
    return keyOf(addressOf(String(value)));
  }

  protected override reversed(): string {
    return 'min value cannot be greater than max value for InetAddressRange field';
  }

  protected override read(value: unknown): GivenRange {
    if (typeof value !== 'string') return super.read(value);
    const { address, prefixLength } = parseNetwork(value);
    const isV4 = address.startsWith(V4_PREFIX);
    const hosts = (1n << BigInt((isV4 ? 32 : 128) - prefixLength)) - 1n;
    const key = keyOf(address);
    return { lowest: key & ~hosts, highest: key | hosts, includesLower: true, includesUpper: true };
  }

  override shown(value: unknown, format: string | undefined): string | JsonObject | undefined {
    if (typeof value !== 'string') return super.shown(value, format);
    const { address, prefixLength } = parseNetwork(value);
    return `${formatIpAddress(address)}/${prefixLength}`;
  }
}

function keyOf(address: string): bigint {
  return BigInt(`0x${address}`);
}

function parseNetwork(text: string): Network {
  const [first = '', length = '', ...more] = text.split('/');
  if (length === '' || more.length > 0) throw valueError(`Expected [ip/prefix] but was [${text}]`);
  const address = addressOf(first);
  if (!/^[+-]?\d+$/.test(length)) {
    throw valueError(`For input string: "${length}"`, { type: 'number_format_exception' });
  }
  const prefixLength = Number(length);
  const isV4 = address.startsWith(V4_PREFIX);
  if (isV4 && first.includes(':')) {
    throw valueError(
      `CIDR notation is not allowed with IPv6-mapped IPv4 address [${first} as it introduces ambiguity as to whether the prefix length should ` +
        'be interpreted as a v4 prefix length or a v6 prefix length',
    );
  }
  if (prefixLength < 0 || prefixLength > (isV4 ? 32 : 128)) {
    throw valueError(
      `Illegal prefix length [${prefixLength}] in [${text}]. Must be 0-32 for IPv4 ranges, 0-128 for IPv6 ranges`,
    );
  }
  return { address, prefixLength };
}

/** Ranges of IPv4 and IPv6 addresses, networks as `10.0.0.0/8` too. */
export const ipRange: FieldTypeDefinition = {
  name: 'ip_range',
  parameters: RANGE_PARAMETERS,
  build: (site) => new IpRangeField(site),
};
