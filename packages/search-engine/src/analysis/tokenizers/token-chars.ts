import { type ComponentSettings, settingError } from '../component-settings.ts';

/** Java's names of Unicode's general categories, and of groups of them. */
const KINDS: Readonly<Record<string, string>> = {
  letter: '\\p{L}',
  digit: '\\p{Nd}',
  whitespace: '\\t-\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000',
  punctuation: '\\p{P}',
  symbol: '\\p{Sc}\\p{Sm}\\p{So}',
  uppercase_letter: '\\p{Lu}',
  lowercase_letter: '\\p{Ll}',
  titlecase_letter: '\\p{Lt}',
  modifier_letter: '\\p{Lm}',
  other_letter: '\\p{Lo}',
  non_spacing_mark: '\\p{Mn}',
  combining_spacing_mark: '\\p{Mc}',
  enclosing_mark: '\\p{Me}',
  decimal_digit_number: '\\p{Nd}',
  letter_number: '\\p{Nl}',
  other_number: '\\p{No}',
  connector_punctuation: '\\p{Pc}',
  dash_punctuation: '\\p{Pd}',
  start_punctuation: '\\p{Ps}',
  end_punctuation: '\\p{Pe}',
  initial_quote_punctuation: '\\p{Pi}',
  final_quote_punctuation: '\\p{Pf}',
  other_punctuation: '\\p{Po}',
  currency_symbol: '\\p{Sc}',
  math_symbol: '\\p{Sm}',
  modifier_symbol: '\\p{Sk}',
  other_symbol: '\\p{So}',
  space_separator: '\\p{Zs}',
  line_separator: '\\p{Zl}',
  paragraph_separator: '\\p{Zp}',
  control: '\\p{Cc}',
  format: '\\p{Cf}',
  private_use: '\\p{Co}',
  surrogate: '\\p{Cs}',
  unassigned: '\\p{Cn}',
};

/** A pattern of the runs of characters that `token_chars` names; undefined where it names none, and every character counts. */
export function tokenCharRuns(settings: ComponentSettings): RegExp | undefined {
  const kinds = settings.strings('token_chars') ?? [];
  if (kinds.length === 0) return undefined;
  return new RegExp(`[${kinds.map((kind) => charsOf(kind.trim().toLowerCase(), settings)).join('')}]+`, 'gu');
}

function charsOf(kind: string, settings: ComponentSettings): string {
  if (kind === 'custom') {
    const custom = settings.string('custom_token_chars');
    if (custom === undefined && !settings.wasAccepted) {
      throw settingError("Token type: 'custom' requires setting `custom_token_chars`");
    }
    return [...(custom ?? '')].map((letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`).join('');
  }
  const chars = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (chars !== undefined) return chars;
  if (settings.wasAccepted) return '';
  const known = [...Object.keys(KINDS), 'custom'].join(', ');
  throw settingError(`Unknown token type: '${kind}', must be one of [${known}]`);
}
