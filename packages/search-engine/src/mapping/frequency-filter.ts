import { javaText } from './java-text.ts';
import { isJsonObject } from './json.ts';
import { mapperParsingError, valueError } from './mapping-errors.ts';
import { numberOf, type Parameter } from './parameter.ts';

/** Which terms of a text sorts and aggregations see, by how many documents have them; in the wire's form. */
export interface FrequencyFilter {
  /** Up to 1 a share of the documents with a term, else a number of them. */
  readonly min: number;
  readonly max: number;
  /** Of fewer documents all terms are seen. */
  readonly min_segment_size: number;
}

const ALL: FrequencyFilter = { min: 0, max: 2_147_483_647, min_segment_size: 0 };

/** Undefined where it leaves nothing out. */
export function frequencyFilterParameter(): Parameter<FrequencyFilter | undefined> {
  return {
    default: undefined,
    updatable: true,
    parse(value, name, path) {
      if (!isJsonObject(value)) {
        throw mapperParsingError(`[${name}] of field [${path}] must be an object, got [${javaText(value)}]`);
      }
      const { min, max, min_segment_size: minSegmentSize, ...others } = value;
      const [unknown] = Object.entries(others);
      if (unknown !== undefined) {
        const parameter = `[${unknown[0]} : ${javaText(unknown[1])}]`;
        throw mapperParsingError(`Mapping definition for [${path}] has unsupported parameters:  ${parameter}`);
      }
      const filter = {
        min: boundOf(min, ALL.min),
        max: boundOf(max, ALL.max),
        min_segment_size: wholeNumberOf(minSegmentSize, ALL.min_segment_size),
      };
      const isDefault = filter.min === ALL.min && filter.max === ALL.max && filter.min_segment_size === 0;
      return isDefault ? undefined : filter;
    },
  };
}

function boundOf(value: unknown, byDefault: number): number {
  if (value === undefined || value === null) return byDefault;
  const number = numberOf(value);
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw valueError(`For input string: "${javaText(value)}"`, { type: 'number_format_exception' });
}

function wholeNumberOf(value: unknown, byDefault: number): number {
  const number = boundOf(value, byDefault);
  if (Number.isInteger(number) && Math.abs(number) < 2 ** 31) return number;
  throw valueError(`${javaText(value)} is not an integer value`);
}
