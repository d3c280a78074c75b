import { callMath, callMethod } from './methods.ts';
import { applyOperator } from './operators.ts';
import { scriptError } from './script-error.ts';
import type { Expression, Statement } from './syntax-tree.ts';
import type { Value } from './values.ts';

/** A parsed script that can be run any number of times. */
export interface Script {
  readonly source: string;
  readonly body: Statement;
}

const MAX_TEXT_LENGTH = 1_000_000;

/** Runs a script over variables such as `ctx` and `params`, whose maps it may change. The value is that of its last statement or `return`. */
export function runScript(script: Script, variables: ReadonlyMap<string, Value>): Value {
  const run = new ScriptRun(script.source, new Map(variables));
  try {
    run.execute(script.body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Texts, lists and depths that are too much for anybody are the script's fault.
    throw scriptError(script.source, 0, 'runtime error', error.message);
  }
  return run.result;
}

class ScriptRun {
  result: Value = null;
  readonly #source: string;
  readonly #variables: Map<string, Value>;
  #isDone = false;

  constructor(source: string, variables: Map<string, Value>) {
    this.#source = source;
    this.#variables = variables;
  }

  execute(statement: Statement): void {
    switch (statement.type) {
      case 'block':
        for (const inner of statement.statements) {
          if (this.#isDone) return;
          this.execute(inner);
        }
        return;
      case 'if':
        if (this.#isTrue(statement.condition)) this.execute(statement.then);
        else if (statement.otherwise !== undefined) this.execute(statement.otherwise);
        return;
      case 'declare':
        this.#variables.set(statement.name, statement.value === undefined ? null : this.#evaluate(statement.value));
        return;
      case 'assign':
        this.#assign(statement);
        return;
      case 'expression':
        this.result = this.#evaluate(statement.expression);
        return;
      case 'return':
        this.result = statement.value === undefined ? null : this.#evaluate(statement.value);
        this.#isDone = true;
    }
  }

  #assign({ target, operator, value: given, at }: Statement & { type: 'assign' }): void {
    const right = this.#evaluate(given);
    const value = operator === undefined ? right : this.#apply(operator, this.#evaluate(target), right, at);
    if (target.type === 'name') {
      if (!this.#variables.has(target.name)) this.#fail(target.at, `cannot resolve symbol [${target.name}]`);
      this.#variables.set(target.name, value);
    } else if (target.type === 'member') {
      const holder = this.#evaluate(target.target);
      const key = this.#evaluate(target.key);
      if (holder instanceof Map && typeof key === 'string') holder.set(key, value);
      else if (Array.isArray(holder) && typeof key === 'bigint' && key >= 0n && key < holder.length) {
        holder[Number(key)] = value;
      } else this.#fail(target.at, `cannot set [${String(key)}] of ${describe(holder)}`);
    }
  }

  #evaluate(expression: Expression): Value {
    switch (expression.type) {
      case 'literal':
        return expression.value;
      case 'name': {
        const value = this.#variables.get(expression.name);
        return value === undefined ? this.#fail(expression.at, `cannot resolve symbol [${expression.name}]`) : value;
      }
      case 'member':
        return this.#member(expression);
      case 'call':
        return this.#call(expression);
      case 'list':
        return expression.elements.map((element) => this.#evaluate(element));
      case 'map':
        return new Map(
          expression.entries.map(([key, value]) => [String(this.#evaluate(key)), this.#evaluate(value)] as const),
        );
      case 'unary':
        return this.#unary(expression);
      case 'binary':
        return this.#binary(expression);
      case 'choice':
        return this.#evaluate(this.#isTrue(expression.condition) ? expression.then : expression.otherwise);
    }
  }

  #member({ target, key: keyed, isNullSafe, at }: Expression & { type: 'member' }): Value {
    const holder = this.#evaluate(target);
    if (holder === null && isNullSafe) return null;
    const key = this.#evaluate(keyed);
    if (holder instanceof Map) return holder.get(String(key)) ?? null;
    if (Array.isArray(holder) && key === 'length') return BigInt(holder.length);
    const element = Array.isArray(holder) && typeof key === 'bigint' ? holder[Number(key)] : undefined;
    if (element !== undefined) return element;
    if (Array.isArray(holder)) return this.#fail(at, `index [${String(key)}] is not in ${describe(holder)}`);
    return this.#fail(at, `cannot access [${String(key)}] of ${describe(holder)}`);
  }

  #call({ target, method, values, at }: Expression & { type: 'call' }): Value {
    const given = values.map((value) => this.#evaluate(value));
    const isMath = target.type === 'name' && target.name === 'Math';
    const self = isMath ? null : this.#evaluate(target);
    const result = isMath ? callMath(method, given) : callMethod(self, method, given);
    if (result !== undefined) return this.#bounded(result, at);
    return this.#fail(at, `cannot call [${method}/${values.length}] of ${isMath ? '[Math]' : describe(self)}`);
  }

  #unary({ operator, operand, at }: Expression & { type: 'unary' }): Value {
    if (operator === '!') return !this.#isTrue(operand);
    const value = this.#evaluate(operand);
    if (typeof value === 'number' || typeof value === 'bigint') return -value;
    return this.#fail(at, `cannot negate ${describe(value)}`);
  }

  #binary({ operator, left, right, at }: Expression & { type: 'binary' }): Value {
    if (operator === '&&') return this.#isTrue(left) && this.#isTrue(right);
    if (operator === '||') return this.#isTrue(left) || this.#isTrue(right);
    if (operator === '?:') return this.#evaluate(left) ?? this.#evaluate(right);
    return this.#apply(operator, this.#evaluate(left), this.#evaluate(right), at);
  }

  #apply(operator: string, left: Value, right: Value, at: number): Value {
    const result = applyOperator(operator, left, right);
    if (result !== undefined) return this.#bounded(result, at);
    return this.#fail(at, `cannot apply [${operator}] to ${describe(left)} and ${describe(right)}`);
  }

  #bounded(value: Value, at: number): Value {
    if (typeof value !== 'string' || value.length <= MAX_TEXT_LENGTH) return value;
    return this.#fail(at, `a text is longer than [${MAX_TEXT_LENGTH}] characters`);
  }

  #isTrue(condition: Expression): boolean {
    const value = this.#evaluate(condition);
    return typeof value === 'boolean' ? value : this.#fail(condition.at, `expected a boolean, got ${describe(value)}`);
  }

  #fail(at: number, message: string): never {
    throw scriptError(this.#source, at, 'runtime error', message);
  }
}

function describe(value: Value): string {
  if (value === null) return '[null]';
  if (Array.isArray(value)) return 'a list';
  return value instanceof Map ? 'a map' : `[${String(value)}]`;
}
