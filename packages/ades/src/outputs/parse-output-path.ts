/**
 * The segments behind `/jobs/{id}/outputs/` of a request's URL, decoded once; undefined where one of them can name nothing. A slash at the end is
 * none.
 */
export function parseOutputPath(requestUrl: string): readonly string[] | undefined {
  const path = requestUrl.replace(/[?#].*$/, '');
  const encoded = path.split('/').slice(4);
  if (encoded.at(-1) === '') encoded.pop();
  const segments = encoded.map(decode);
  return segments.length > 0 && segments.every(isName) ? segments : undefined;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function isName(segment: string | undefined): segment is string {
  return segment !== undefined && segment !== '' && segment !== '.' && segment !== '..' && !/[/\0]/.test(segment);
}
