import { DaybookError } from '@daybook/errors';

/** One setting: the same name is a flag (`--data-dir`), an environment variable (`DAYBOOK_DATA_DIR`) and a line of the config file (`data-dir: …`). */
export interface Setting<T> {
  /** What `--help` says, without the default. */
  readonly description: string;
  /** The placeholder in `--help`. */
  readonly value: string;
  /** What holds when nobody says anything; undefined where the default depends on other settings, which the description tells. */
  readonly default: T;
  /** Reads the text of a flag or variable, or the value that stands in the config file; throws with what was expected. */
  readonly parse: (value: unknown) => Exclude<T, undefined>;
}

type Optional<T> = T | undefined;

function expected(what: string, value: unknown): DaybookError {
  return new DaybookError('invalid-argument', `expected ${what}, found ${JSON.stringify(value)}`);
}

/** Any text that is not empty. */
export function text<D extends Optional<string>>(value: string, description: string, fallback: D): Setting<string | D> {
  return {
    description,
    value,
    default: fallback,
    parse: (given) => {
      if (typeof given === 'string' && given !== '') return given;
      throw expected('a text', given);
    },
  };
}

/** A whole number between `min` and `max`. */
export function integer(
  value: string,
  description: string,
  fallback: number,
  min: number,
  max: number,
): Setting<number> {
  return {
    description,
    value,
    default: fallback,
    parse: (given) => {
      const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
      if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) return number;
      throw expected(`a whole number from ${min} to ${max}`, given);
    },
  };
}

/** An http or https URL, without a slash at its end. */
export function url(value: string, description: string): Setting<Optional<string>> {
  return {
    description,
    value,
    default: undefined,
    parse: (given) => {
      if (typeof given === 'string' && URL.canParse(given) && /^https?:/.test(given)) return given.replace(/\/+$/, '');
      throw expected('an http or https URL', given);
    },
  };
}

/** A bucket of S3, or what has a prefix in one. */
export function s3Place(description: string): Setting<Optional<string>> {
  return {
    description,
    value: 's3://BUCKET/PREFIX',
    default: undefined,
    parse: (given) => {
      if (typeof given === 'string' && /^s3:\/\/[A-Za-z0-9][\w.-]+(\/.*)?$/.test(given)) return given;
      throw expected('s3://BUCKET or s3://BUCKET/PREFIX', given);
    },
  };
}

/** One of a few words. */
export function choice<const T extends string>(description: string, fallback: T, words: readonly T[]): Setting<T> {
  return {
    description,
    value: words.join('|'),
    default: fallback,
    parse: (given) => {
      const word = words.find((each) => each === given);
      if (word !== undefined) return word;
      throw expected(`one of ${words.join(', ')}`, given);
    },
  };
}

/** Yes or no; undefined where the default depends on other settings. */
export function flag<D extends Optional<boolean>>(description: string, fallback: D): Setting<boolean | D> {
  return {
    description,
    value: 'true|false',
    default: fallback,
    parse: (given) => {
      if (given === true || given === 'true') return true;
      if (given === false || given === 'false') return false;
      throw expected('true or false', given);
    },
  };
}

/** Several texts: separated by commas, or a list in the config file. */
export function list(value: string, description: string): Setting<readonly string[]> {
  return {
    description,
    value,
    default: [],
    parse: (given) => {
      const items = typeof given === 'string' ? given.split(',').map((item) => item.trim()) : given;
      if (Array.isArray(items) && items.every((item) => typeof item === 'string'))
        return items.filter((item) => item !== '');
      throw expected('a list of texts separated by commas', given);
    },
  };
}

/** A JSON object, or a map in the config file. */
export function map(value: string, description: string): Setting<Readonly<Record<string, unknown>>> {
  return {
    description,
    value,
    default: {},
    parse: (given) => {
      const object = typeof given === 'string' ? parseJson(given) : given;
      if (typeof object === 'object' && object !== null && !Array.isArray(object))
        return object as Record<string, unknown>;
      throw expected('a JSON object', given);
    },
  };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
