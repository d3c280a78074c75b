import { contentParseError, illegalArgument } from '../errors/errors.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { unsupportedToken } from '../query-dsl/option-readers.ts';
import { failedField, readContent, readMember } from '../search/read-content.ts';
import { aliasKinds, parseAliasDefinition } from './alias-definition.ts';

/** One action of a request that changes aliases. */
export interface AliasAction {
  readonly type: 'add' | 'remove' | 'remove_index';
  /** Names and patterns of indices. */
  readonly indices: readonly string[];
  /** Names of aliases; patterns too where they are removed. */
  readonly aliases: readonly string[];
  /** Of `add`. */
  readonly definition: JsonObject;
  /** Of `remove`: whether it is an error if no index has one of them. */
  readonly mustExist: boolean;
}

const ofIndices = { index: 'text', indices: 'strings' } as const;
const ofAliases = { ...ofIndices, alias: 'text', aliases: 'strings' } as const;
const kinds = {
  add: { ...ofAliases, ...aliasKinds },
  remove: { ...ofAliases, must_exist: 'boolean' },
  remove_index: ofIndices,
} as const;

/** Reads the actions of a body; what is wrong with one is told as the cause of a failure to read them all. */
export function parseAliasActions(body: JsonObject): readonly AliasAction[] {
  const unknown = Object.keys(body).find((name) => name !== 'actions');
  if (unknown !== undefined) throw contentParseError(`[aliases] unknown field [${unknown}]`);
  const { actions = [] } = body;
  const listed = Array.isArray(actions) ? actions : [actions];
  if (listed.length === 0) throw illegalArgument('No action specified');
  return readMember('aliases', 'actions', () => listed.map(parseAction));
}

function parseAction(action: unknown): AliasAction {
  if (!isJsonObject(action)) {
    throw contentParseError(`[alias_action] Expected START_OBJECT but was: ${tokenOf(action)}`);
  }
  const [entry] = Object.entries(action);
  if (entry === undefined) throw illegalArgument('an action has to be one of [add, remove, remove_index]');
  const [type, given] = entry;
  if (type !== 'add' && type !== 'remove' && type !== 'remove_index') {
    throw contentParseError(`[alias_action] unknown field [${type}]`);
  }
  if (!isJsonObject(given)) throw unsupportedToken(given, type, 'alias_action');
  const { indices, aliases, mustExist, definition } = readMember('alias_action', type, () => readAction(type, given));
  if (indices.length === 0) throw illegalArgument('One of [index] or [indices] is required');
  if (type !== 'remove_index' && aliases.length === 0) {
    throw illegalArgument('One of [alias] or [aliases] is required');
  }
  return { type, indices, aliases, definition: parseAliasDefinition(definition), mustExist };
}

function readAction(type: AliasAction['type'], given: JsonObject) {
  if (given.filter !== undefined && !isJsonObject(given.filter)) throw unsupportedToken(given.filter, 'filter', type);
  checkNames(type, given);
  const options: ActionOptions = readContent(type, given, kinds[type]);
  const {
    index,
    indices = only(index),
    alias,
    aliases = only(alias),
    must_exist: mustExist = false,
    ...rest
  } = options;
  return { indices, aliases, mustExist, definition: rest };
}

/** By its name, the two ways to name an index or an alias. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['index', '[index] and [indices]'],
  ['indices', '[index] and [indices]'],
  ['alias', '[alias] and [aliases]'],
  ['aliases', '[alias] and [aliases]'],
]);

/** Refuses names that are empty, which would stand for every index, and a name and a list of names for the same. */
function checkNames(type: AliasAction['type'], given: JsonObject): void {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(given)) {
    const both = NAMES.get(name);
    if (both === undefined) continue;
    const complaint =
      type === 'remove_index' && name.startsWith('alias')
        ? `[${name}] is unsupported for [REMOVE_INDEX]`
        : seen.has(both)
          ? `Only one of ${both} is supported`
          : emptyName(name, value);
    if (complaint !== undefined) throw failedField(type, name, illegalArgument(complaint));
    seen.add(both);
  }
}

function emptyName(name: string, value: unknown): string | undefined {
  if (value === '') return `[${name}] can't be empty string`;
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return `[${name}] can't be empty`;
  return value.includes('') ? `[${name}] can't contain empty string` : undefined;
}

interface ActionOptions {
  readonly index?: string | undefined;
  readonly indices?: readonly string[] | undefined;
  readonly alias?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly must_exist?: boolean | undefined;
}

function only(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}
