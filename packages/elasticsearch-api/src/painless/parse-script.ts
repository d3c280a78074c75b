import { illegalArgument } from '../errors/errors.ts';
import { parseExpression } from './parse-expression.ts';
import { scriptError } from './script-error.ts';
import type { Expression, Statement } from './syntax-tree.ts';
import { TokenReader } from './token-reader.ts';

const maxLength = 65_535;

/** Parses a script (see PAINLESS.md); what is not in that language is refused as `script_exception`. */
export function parseScript(source: string): Statement {
  if (source.length > maxLength) {
    throw illegalArgument(
      `exceeded max allowed inline script size in bytes [${maxLength}] with size [${source.length}]`,
    );
  }
  const reader = new TokenReader(source);
  const statements: Statement[] = [];
  while (reader.token.kind !== 'end') statements.push(parseStatement(reader));
  return { type: 'block', at: 0, statements };
}

function parseStatement(reader: TokenReader): Statement {
  return reader.nested(() => {
    const { at } = reader.token;
    if (reader.accept('{') !== undefined) {
      const statements: Statement[] = [];
      while (reader.accept('}') === undefined) statements.push(parseStatement(reader));
      return { type: 'block', at, statements };
    }
    if (reader.accept(';') !== undefined) return { type: 'block', at, statements: [] };
    if (reader.accept('if') !== undefined) return parseIf(reader, at);
    const statement = parseSimple(reader);
    const { kind, text } = reader.token;
    if (kind !== 'end' && text !== '}') reader.expect(';');
    return statement;
  });
}

function parseIf(reader: TokenReader, at: number): Statement {
  reader.expect('(');
  const condition = parseExpression(reader);
  reader.expect(')');
  const then = parseStatement(reader);
  if (reader.accept('else') === undefined) return { type: 'if', at, condition, then };
  return { type: 'if', at, condition, then, otherwise: parseStatement(reader) };
}

function parseSimple(reader: TokenReader): Statement {
  const { at, kind } = reader.token;
  if (reader.accept('return') !== undefined) {
    const isEmpty = reader.token.kind === 'end' || [';', '}'].includes(reader.token.text);
    return isEmpty ? { type: 'return', at } : { type: 'return', at, value: parseExpression(reader) };
  }
  const declares = kind === 'name' && reader.second.kind === 'name';
  if (declares && reader.accept('def', 'int', 'long', 'double', 'float', 'boolean', 'String', 'Map', 'List')) {
    const { text: name } = reader.name();
    if (reader.accept('=') === undefined) return { type: 'declare', at, name };
    return { type: 'declare', at, name, value: parseExpression(reader) };
  }
  const target = parseExpression(reader);
  const step = reader.accept('++', '--');
  if (step !== undefined) {
    const operator = step.text.slice(1);
    return {
      type: 'assign',
      at,
      target: assignable(reader, target),
      operator,
      value: { type: 'literal', at, value: 1n },
    };
  }
  const sign = reader.accept('=', '+=', '-=', '*=', '/=', '%=');
  if (sign === undefined) return { type: 'expression', at, expression: target };
  const value = parseExpression(reader);
  const assigned = { type: 'assign', at, target: assignable(reader, target), value } as const;
  return sign.text === '=' ? assigned : { ...assigned, operator: sign.text.slice(0, -1) };
}

function assignable(reader: TokenReader, target: Expression): Expression {
  if (target.type === 'name' || target.type === 'member') return target;
  throw scriptError(reader.source, target.at, 'compile error', 'cannot assign a value to it.');
}
