import { DaybookError } from '@daybook/errors';
import { type ComponentSettings, settingError } from '../component-settings.ts';
import { withinTime } from '../within-time.ts';
import { type CharFilter, FilteredTextBuilder } from './char-filter.ts';

/** A part of a replacement: text, or the group of that number or name. */
type ReplacementPart = { readonly text: string } | { readonly group: number | string };

/** The filter of the type `pattern_replace`: puts a text, with groups of the match, for each match of a pattern. */
export function patternReplaceCharFilter(settings: ComponentSettings): CharFilter {
  if ((settings.string('pattern') ?? '') === '') {
    throw settingError(`pattern is missing for [${settings.name}] char filter of type 'pattern_replace'`);
  }
  const pattern = settings.pattern('pattern', '');
  const replacement = settings.string('replacement') ?? '';
  // compat: a replacement that refers to no group is an error of the texts in which there is something to replace.
  let parts: readonly ReplacementPart[] | undefined;
  const replaceIn = (text: string) => {
    const built = new FilteredTextBuilder(text);
    for (const match of text.matchAll(pattern)) {
      parts ??= parseReplacement(replacement, match);
      built.replace(match.index, match.index + match[0].length, parts.map((part) => textOf(part, match)).join(''));
    }
    return built.build();
  };
  return Object.assign((text: string) => withinTime(pattern, () => replaceIn(text)), { normalizes: true });
}

function textOf(part: ReplacementPart, match: RegExpExecArray): string {
  if ('text' in part) return part.text;
  return (typeof part.group === 'number' ? match[part.group] : match.groups?.[part.group]) ?? '';
}

/** Java's replacements: `$1` and `${name}` are groups, a backslash makes any character stand for itself. */
function parseReplacement(replacement: string, match: RegExpExecArray): readonly ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  const groupCount = match.length - 1;
  for (let at = 0; at < replacement.length; ) {
    const letter = replacement[at]!;
    if (letter === '\\') {
      if (at + 1 === replacement.length) throw settingError('character to be escaped is missing');
      parts.push({ text: replacement[at + 1]! });
      at += 2;
    } else if (letter !== '$') {
      parts.push({ text: letter });
      at++;
    } else if (replacement[at + 1] === '{') {
      const name = groupName(replacement, at + 2);
      if (!Object.hasOwn(match.groups ?? {}, name)) throw settingError(`No group with name {${name}}`);
      parts.push({ group: name });
      at += name.length + 3;
    } else {
      const digits = groupDigits(replacement, at + 1, groupCount);
      parts.push({ group: Number(digits) });
      at += 1 + digits.length;
    }
  }
  return parts;
}

function groupName(replacement: string, start: number): string {
  const [name = ''] = /^[a-zA-Z0-9]*/.exec(replacement.slice(start)) ?? [];
  if (name === '') throw settingError('named capturing group has 0 length name');
  if (replacement[start + name.length] !== '}') throw settingError("named capturing group is missing trailing '}'");
  if (/^\d/.test(name)) throw settingError(`capturing group name {${name}} starts with digit character`);
  return name;
}

/** The digits of the longest number that is a group. */
function groupDigits(replacement: string, start: number, groupCount: number): string {
  let digits = replacement[start] ?? '';
  if (digits === '') throw settingError('Illegal group reference: group index is missing');
  if (!/\d/.test(digits)) throw settingError('Illegal group reference');
  if (Number(digits) > groupCount) {
    throw new DaybookError('invalid-argument', `No group ${digits}`, {
      detail: { reason: 'index_out_of_bounds_exception', status: 500 },
    });
  }
  for (let at = start + 1; /\d/.test(replacement[at] ?? ''); at++) {
    if (Number(digits + replacement[at]) > groupCount) break;
    digits += replacement[at];
  }
  return digits;
}
