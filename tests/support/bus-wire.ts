type Wire = Readonly<Record<string, unknown>>;

const LIMIT_MS = 10_000;

/** One call of SQS in AWS JSON; rejects unless it is answered with 200. */
export async function callSqs(url: string, action: string, input: Wire): Promise<Wire> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
  const text = await post(url, headers, JSON.stringify(input));
  return text === '' ? {} : JSON.parse(text);
}

/** One call of SNS in the query protocol; gives the answer's XML and rejects unless it is answered with 200. */
export async function callSns(
  url: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const form = new URLSearchParams({ Action: action, Version: '2010-03-31', ...parameters });
  return await post(url, { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(LIMIT_MS) });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  return text;
}
