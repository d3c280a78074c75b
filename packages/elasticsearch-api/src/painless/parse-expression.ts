import type { Expression } from './syntax-tree.ts';
import type { TokenReader } from './token-reader.ts';

/** Operators of two operands, from those that bind least to those that bind most. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads an expression (see PAINLESS.md). */
export function parseExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    const condition = parseLevel(reader, 0);
    const { at } = condition;
    if (reader.accept('?:') !== undefined) {
      return { type: 'binary', at, operator: '?:', left: condition, right: parseExpression(reader) };
    }
    if (reader.accept('?') === undefined) return condition;
    const then = parseExpression(reader);
    reader.expect(':');
    return { type: 'choice', at, condition, then, otherwise: parseExpression(reader) };
  });
}

function parseLevel(reader: TokenReader, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(reader);
  let left = parseLevel(reader, level + 1);
  for (let operator = reader.accept(...operators); operator !== undefined; operator = reader.accept(...operators)) {
    const right = parseLevel(reader, level + 1);
    left = { type: 'binary', at: operator.at, operator: operator.text, left, right };
  }
  return left;
}

function parseUnary(reader: TokenReader): Expression {
  const sign = reader.accept('!', '-');
  if (sign === undefined) return parsePath(reader);
  const operand = reader.nested(() => parseUnary(reader));
  return { type: 'unary', at: sign.at, operator: sign.text as '!' | '-', operand };
}

function parsePath(reader: TokenReader): Expression {
  let target = parsePrimary(reader);
  for (;;) {
    const { at } = reader.token;
    const dot = reader.accept('.', '?.');
    if (dot !== undefined) {
      const { text } = reader.name();
      if (reader.accept('(') !== undefined) {
        target = { type: 'call', at, target, method: text, values: parseList(reader, ')') };
      } else {
        target = {
          type: 'member',
          at,
          target,
          key: { type: 'literal', at, value: text },
          isNullSafe: dot.text === '?.',
        };
      }
    } else if (reader.accept('[') !== undefined) {
      const key = parseExpression(reader);
      reader.expect(']');
      target = { type: 'member', at, target, key, isNullSafe: false };
    } else return target;
  }
}

function parsePrimary(reader: TokenReader): Expression {
  const { kind, text, at } = reader.token;
  if (kind === 'number' || kind === 'text') {
    reader.take();
    return { type: 'literal', at, value: kind === 'text' ? text : numberOf(text) };
  }
  if (reader.accept('(') !== undefined) {
    const inner = parseExpression(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.accept('[') !== undefined) return parseCollection(reader, at);
  if (reader.accept('new') !== undefined) return parseNew(reader, at);
  if (kind !== 'name') return reader.fail('expected an expression.');
  reader.take();
  if (text === 'null') return { type: 'literal', at, value: null };
  if (text === 'true' || text === 'false') return { type: 'literal', at, value: text === 'true' };
  return { type: 'name', at, name: text };
}

function numberOf(text: string): number | bigint {
  const digits = text.replace(/[LlFfDd]$/, '');
  return /^\d+[Ll]?$/.test(text) ? BigInt(digits) : Number(digits);
}

function parseNew(reader: TokenReader, at: number): Expression {
  const { text } = reader.name();
  if (text !== 'ArrayList' && text !== 'HashMap') return reader.fail('only [ArrayList] and [HashMap] can be made.');
  reader.expect('(');
  reader.expect(')');
  return text === 'ArrayList' ? { type: 'list', at, elements: [] } : { type: 'map', at, entries: [] };
}

function parseCollection(reader: TokenReader, at: number): Expression {
  if (reader.accept(':') !== undefined) {
    reader.expect(']');
    return { type: 'map', at, entries: [] };
  }
  if (reader.accept(']') !== undefined) return { type: 'list', at, elements: [] };
  const first = parseExpression(reader);
  if (reader.accept(':') === undefined) {
    const rest = reader.accept(',') === undefined ? endOfList(reader) : parseList(reader, ']');
    return { type: 'list', at, elements: [first, ...rest] };
  }
  const entries: [Expression, Expression][] = [[first, parseExpression(reader)]];
  while (reader.accept(',') !== undefined) {
    const key = parseExpression(reader);
    reader.expect(':');
    entries.push([key, parseExpression(reader)]);
  }
  reader.expect(']');
  return { type: 'map', at, entries };
}

function endOfList(reader: TokenReader): readonly Expression[] {
  reader.expect(']');
  return [];
}

function parseList(reader: TokenReader, end: string): readonly Expression[] {
  if (reader.accept(end) !== undefined) return [];
  const elements = [parseExpression(reader)];
  while (reader.accept(',') !== undefined) elements.push(parseExpression(reader));
  reader.expect(end);
  return elements;
}
