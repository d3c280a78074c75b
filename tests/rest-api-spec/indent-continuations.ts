const indentation = ' '.repeat(40);
/** A quoted string, which may be left open at the line's end, a comment, or a bracket; quotes within words are none. */
const token = /"(?:[^"\\]|\\.)*(?:"|$)|(?<![\w'])'(?:[^']|'')*'|(?<=^|\s)#.*|[{}[\]]/g;

/**
 * Indents the lines that continue a flow collection or a quoted string: the suite writes some of them less indented than YAML
 * wants.
 */
export function indentContinuations(source: string): string {
  let depth = 0;
  let inQuotes = false;
  return source
    .split('\n')
    .map((line) => {
      if (/^(---| {0,2}- )/.test(line)) depth = 0;
      const indented = depth > 0 || inQuotes ? indentation + line : line;
      for (const [text] of `${inQuotes ? '"' : ''}${line}`.matchAll(token)) {
        if (text === '{' || text === '[') depth += 1;
        else if (text === '}' || text === ']') depth = Math.max(0, depth - 1);
        else if (text.startsWith('"')) inQuotes = text.length === 1 || !text.endsWith('"');
      }
      return indented;
    })
    .join('\n');
}
