/**
 * The named formats of Elasticsearch as patterns; each also has a `strict_` form, in which numbers have all their digits, except those
 * whose name begins with `basic`. Read with any number of fraction digits and any form of offset.
 */
const PATTERNS: Readonly<Record<string, string>> = {
  basic_date: 'yyyyMMdd',
  basic_date_time: "yyyyMMdd'T'HHmmss.SSSXXX",
  basic_date_time_no_millis: "yyyyMMdd'T'HHmmssXXX",
  basic_ordinal_date: 'yyyyDDD',
  basic_ordinal_date_time: "yyyyDDD'T'HHmmss.SSSXXX",
  basic_ordinal_date_time_no_millis: "yyyyDDD'T'HHmmssXXX",
  basic_time: 'HHmmss.SSSXXX',
  basic_time_no_millis: 'HHmmssXXX',
  basic_t_time: "'T'HHmmss.SSSXXX",
  basic_t_time_no_millis: "'T'HHmmssXXX",
  basic_week_date: "YYYY'W'wwe",
  basic_week_date_time: "YYYY'W'wwe'T'HHmmss.SSSXXX",
  basic_week_date_time_no_millis: "YYYY'W'wwe'T'HHmmssXXX",
  date: 'yyyy-MM-dd',
  date_hour: "yyyy-MM-dd'T'HH",
  date_hour_minute: "yyyy-MM-dd'T'HH:mm",
  date_hour_minute_second: "yyyy-MM-dd'T'HH:mm:ss",
  date_hour_minute_second_fraction: "yyyy-MM-dd'T'HH:mm:ss.SSS",
  date_hour_minute_second_millis: "yyyy-MM-dd'T'HH:mm:ss.SSS",
  date_time: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  date_time_no_millis: "yyyy-MM-dd'T'HH:mm:ssXXX",
  hour: 'HH',
  hour_minute: 'HH:mm',
  hour_minute_second: 'HH:mm:ss',
  hour_minute_second_fraction: 'HH:mm:ss.SSS',
  hour_minute_second_millis: 'HH:mm:ss.SSS',
  ordinal_date: 'yyyy-DDD',
  ordinal_date_time: "yyyy-DDD'T'HH:mm:ss.SSSXXX",
  ordinal_date_time_no_millis: "yyyy-DDD'T'HH:mm:ssXXX",
  time: 'HH:mm:ss.SSSXXX',
  time_no_millis: 'HH:mm:ssXXX',
  t_time: "'T'HH:mm:ss.SSSXXX",
  t_time_no_millis: "'T'HH:mm:ssXXX",
  week_date: "YYYY-'W'ww-e",
  week_date_time: "YYYY-'W'ww-e'T'HH:mm:ss.SSSXXX",
  week_date_time_no_millis: "YYYY-'W'ww-e'T'HH:mm:ssXXX",
  weekyear: 'YYYY',
  weekyear_week: "YYYY-'W'ww",
  weekyear_week_day: "YYYY-'W'ww-e",
  year: 'yyyy',
  year_month: 'yyyy-MM',
  year_month_day: 'yyyy-MM-dd',
};

export interface NamedFormat {
  readonly pattern: string;
  readonly shortNumbers: boolean;
}

/** Undefined when the name is none of Elasticsearch's; the old spelling `basicDateTime` is taken too. */
export function findNamedFormat(name: string): NamedFormat | undefined {
  const snake = toSnakeCase(name);
  const strict = snake.startsWith('strict_');
  const pattern = PATTERNS[strict ? snake.slice(7) : snake];
  if (pattern === undefined || (strict && snake.startsWith('strict_basic') && !snake.includes('week')))
    return undefined;
  return { pattern, shortNumbers: !strict && !snake.startsWith('basic_') };
}

/** `strictDateOptionalTime` to `strict_date_optional_time`. */
export function toSnakeCase(name: string): string {
  return /^[a-z]+(?:[A-Z][a-z]*)+$/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
}
