import { DaybookError } from '@daybook/errors';

const forbiddenCharacters = /[\s"*\\<|,>/?]/;

/** Throws `invalid-argument` with Elasticsearch's reason when no index may bear the name. */
export function checkIndexName(name: string): void {
  const complaint = indexNameComplaint(name);
  if (complaint !== undefined) throw invalidIndexName(name, complaint);
}

/** The complaint about a name. */
export function invalidIndexName(name: string, complaint: string): DaybookError {
  return new DaybookError('invalid-argument', `Invalid index name [${name}], ${complaint}`, {
    detail: { reason: 'invalid_index_name_exception', properties: { index_uuid: '_na_', index: name } },
  });
}

function indexNameComplaint(name: string): string | undefined {
  if (forbiddenCharacters.test(name)) {
    return 'must not contain the following characters [ , ", *, \\, <, |, ,, >, /, ?]';
  }
  if (name.includes('#')) return "must not contain '#'";
  if (name.includes(':')) return "must not contain ':'";
  if (/^[_\-+]/.test(name)) return "must not start with '_', '-', or '+'";
  const bytes = Buffer.byteLength(name);
  if (bytes > 255) return `index name is too long, (${bytes} > 255)`;
  if (name === '' || name === '.' || name === '..') return "must not be '.' or '..'";
  return name === name.toLowerCase() ? undefined : 'must be lowercase';
}

/** Throws when no alias may bear the name. */
export function checkAliasName(name: string): void {
  const complaint = indexNameComplaint(name.toLowerCase());
  if (complaint === undefined) return;
  throw new DaybookError('invalid-argument', `Invalid alias name [${name}]: ${complaint}`, {
    detail: { reason: 'invalid_alias_name_exception' },
  });
}
