/** Whether an `Accept` header asks for HTML rather than JSON. Without one, or in doubt, JSON it is. */
export function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined || !/text\/html/i.test(accept)) return false;
  const qualities = new Map(accept.split(',').map(parseRange));
  const any = qualities.get('*/*') ?? 0;
  const html = qualities.get('text/html') ?? 0;
  const json = qualities.get('application/json') ?? qualities.get('application/*') ?? any;
  return html > 0 && html > json;
}

function parseRange(range: string): [mediaType: string, quality: number] {
  const [mediaType = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const value = quality === undefined ? 1 : Number(quality);
  return [mediaType, Number.isFinite(value) ? value : 0];
}
