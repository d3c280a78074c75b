import type { Draw } from './draw.ts';

/** The types of fields that sessions have. */
export type FieldType =
  | 'keyword'
  | 'text'
  | 'long'
  | 'integer'
  | 'short'
  | 'byte'
  | 'double'
  | 'float'
  | 'half_float'
  | 'scaled_float'
  | 'date'
  | 'date_nanos'
  | 'boolean'
  | 'ip'
  | RangeType;

/** The types of ranges. */
export type RangeType = 'integer_range' | 'long_range' | 'float_range' | 'double_range' | 'date_range' | 'ip_range';

export const rangeTypes: readonly RangeType[] = [
  'integer_range',
  'long_range',
  'float_range',
  'double_range',
  'date_range',
  'ip_range',
];

/** What the ranges of a type run over. */
const elements = {
  integer_range: 'integer',
  long_range: 'long',
  float_range: 'float',
  double_range: 'double',
  date_range: 'date',
  ip_range: 'ip',
} as const;

const keywords = ['a', 'b', 'ab', 'abc', 'abd', 'B', 'Ab', 'é', '', 'z z', '10', '9', 'failed', 'succeeded', 'lake-1'];
const words =
  'disk full error on the worker node seven quick brown foxes jumped running run jobs job 42 café x-ray'.split(' ');
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.1.7', '192.168.0.1', '::1', '2001:db8::1', '2001:db8::ff'];
const firstDay = Date.UTC(2024, 0, 1);

/** A value that a field of that type takes. Few are different, so that queries find something. */
export function drawValue(draw: Draw, type: FieldType): unknown {
  switch (type) {
    case 'keyword':
      return draw.pick(keywords);
    case 'text':
      return draw.list(1, 6, () => draw.pick(words)).join(draw.chance(0.1) ? ', ' : ' ');
    case 'long':
    case 'integer':
    case 'short':
    case 'byte':
      return draw.chance(0.1) ? String(draw.int(-5, 20)) : draw.int(-5, 20);
    case 'double':
    case 'float':
    case 'half_float':
    case 'scaled_float':
      return draw.chance(0.5) ? draw.int(-5, 20) : draw.int(-50, 200) / 8;
    case 'date':
    case 'date_nanos':
      return drawDate(draw);
    case 'boolean':
      return draw.pick([true, false, 'true', 'false']);
    case 'ip':
      return draw.pick(addresses);
    default:
      return drawRangeValue(draw, type);
  }
}

/** A range that holds something, sometimes with one end left open. */
function drawRangeValue(draw: Draw, type: RangeType): unknown {
  if (type === 'ip_range' && draw.chance(0.3)) return draw.pick(['10.0.0.0/24', '10.0.0.9/8', '2001:db8::/32', '::/0']);
  const [low, high] = drawEnds(draw, type);
  const from = { [draw.pick(['gte', 'gte', 'gt'])]: low };
  const to = { [draw.pick(['lte', 'lte', 'lt'])]: high };
  if (draw.chance(0.1)) return from;
  return draw.chance(0.1) ? to : { ...from, ...to };
}

/** So far from each other that some value stands between them. */
function drawEnds(draw: Draw, type: RangeType): readonly [unknown, unknown] {
  switch (type) {
    case 'ip_range':
      return draw.pick([
        ['10.0.0.1', '10.0.0.9'],
        ['10.0.0.5', '10.0.1.7'],
        ['::1', '2001:db8::1'],
        ['2001:db8::', '2001:db8::ff'],
      ]);
    case 'date_range': {
      const day = draw.int(0, 50);
      const time = (days: number): string => new Date(firstDay + days * 86_400_000).toISOString();
      return [time(day), time(day + draw.int(1, 20)).slice(0, draw.pick([10, 24]))];
    }
    default: {
      const low = draw.int(-5, 20);
      const isWhole = type === 'integer_range' || type === 'long_range';
      return isWhole ? [low, low + draw.int(2, 8)] : [low / 2, String(low / 2 + draw.int(1, 20) / 4)];
    }
  }
}

function drawDate(draw: Draw): unknown {
  const time = firstDay + draw.int(0, 200) * 6 * 3_600_000 + (draw.chance(0.3) ? draw.int(0, 86_400_000) : 0);
  const text = new Date(time).toISOString();
  return draw.pick([text, text, text.slice(0, 10), text.replace('.000Z', 'Z'), time]);
}

/** A value of whatever kind, which most fields refuse. */
export function drawNonsense(draw: Draw): unknown {
  return draw.pick<unknown>([
    'nonsense',
    // Not of today: a histogram of numbers has a bucket for each between, and the real product takes all memory for them.
    170_450,
    3.7,
    true,
    { x: 1 },
    '',
    '2024-13-40',
    [[1], [2]],
    '1.5',
    99_999,
  ]);
}

/** What a query asks a field of that type for. */
export function drawQueryValue(draw: Draw, type: FieldType): unknown {
  if (draw.chance(0.005)) return draw.pick<unknown>(['nonsense', 1.5, true, '']);
  if (type in elements) return drawQueryValue(draw, elements[type as RangeType]);
  if (type === 'text') return draw.pick(words).toLowerCase();
  if (type === 'ip' && draw.chance(0.2)) return draw.pick(['10.0.0.0/24', '2001:db8::/32', '0.0.0.0/0']);
  if (type === 'date' && draw.chance(0.3)) {
    return draw.pick(['2024-01-10||+3d', '2024-01-15||/M', '2024-01', '2024', '2024-01-20T06', '2024-02-01||/d-1h']);
  }
  return drawValue(draw, type);
}

/** Some words in a row. */
export function drawWords(draw: Draw, from: number, to: number): string {
  return draw.list(from, to, () => draw.pick(words)).join(' ');
}

/** The beginning of a value or word. */
export function drawPrefix(draw: Draw): string {
  const whole = draw.pick([...keywords, ...words]);
  return whole.slice(0, draw.int(0, 3));
}
