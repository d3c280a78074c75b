import { DaybookError } from '@daybook/errors';

const AUTO = /^AUTO(?::(\d{1,4}),(\d{1,4}))?$/i;

/** How many edits a term of so many characters may be away: `0`, `1`, `2`, `AUTO`, or `AUTO:low,high`. */
export function maxEditsFor(fuzziness: string, length: number): number {
  const auto = AUTO.exec(fuzziness);
  if (auto !== null) {
    const low = Number(auto[1] ?? 3);
    const high = Number(auto[2] ?? 6);
    return length < low ? 0 : length < high ? 1 : 2;
  }
  const edits = Number(fuzziness);
  // compat: more edits than there may be are as many as there may be.
  if (fuzziness.trim() !== '' && edits >= 0) return Math.min(2, Math.trunc(edits));
  throw new DaybookError('invalid-argument', `[fuzziness] is [${fuzziness}]; expected 0, 1, 2, AUTO or AUTO:low,high`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}
