const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = 'a whole double';
/** Sums of doubles that are whole in one order of addition are nearly so in another. */
const NEARLY = 1e-6;

/** Where an answer has whole numbers that are written as doubles, `1.0`: the paths, with `[]` for any element of a list. Sources are passed over. */
export function wholeDoubles(json: string): readonly string[] {
  const marked = json.replace(TOKEN, (token) => (isWholeDouble(token) ? JSON.stringify(MARK) : token));
  const paths = new Set<string>();
  addPaths(JSON.parse(marked), '', paths);
  return [...paths].sort();
}

function isWholeDouble(token: string): boolean {
  if (token.startsWith('"') || !/[.eE]/.test(token)) return false;
  const value = Number(token);
  return Math.abs(value - Math.round(value)) <= NEARLY * Math.abs(value);
}

function addPaths(value: unknown, path: string, to: Set<string>): void {
  if (value === MARK) to.add(path);
  else if (Array.isArray(value)) for (const element of value) addPaths(element, `${path}[]`, to);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) if (name !== '_source') addPaths(member, `${path}.${name}`, to);
  }
}
