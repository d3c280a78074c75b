import { isJsonObject, type JobUpdate, type Json } from '@daybook/jobs';

const SAID = ['status', 'step', 'message', 'inputs', 'outputs', 'labels'] as const;

/** What a step says of its job, with the texts in it masked; names of inputs and outputs stay. */
export function maskUpdate(update: JobUpdate, mask: (text: string) => string): JobUpdate {
  const masked = SAID.flatMap((name) => {
    const value: Json | undefined = update[name];
    return value === undefined ? [] : [[name, maskTexts(value, mask)]];
  });
  return { ...update, ...Object.fromEntries(masked) };
}

function maskTexts(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') {
    return mask(value);
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => maskTexts(item, mask));
  }
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, maskTexts(member, mask)]))
    : value;
}
