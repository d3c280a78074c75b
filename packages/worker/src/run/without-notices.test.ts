import { expect, test } from 'vitest';
import { withoutNotices } from './without-notices.ts';

test('what is left of a log is what the tools said, and what cwltool warns of', () => {
  const log = [
    '[2026-11-22 14:03:59] INFO [workflow ] start',
    '[2026-11-22 14:03:59] INFO [job search] /tmp/x$ sh \\',
    '    -c \\',
    "    'grep calamity'",
    'Traceback (most recent call last):',
    '  File "x.py", line 1',
    '[2026-11-22 14:03:59] WARNING [job search] exited with status: 3',
    '[2026-11-22 14:03:59] INFO [workflow ] completed permanentFail',
  ];
  expect(withoutNotices(log.join('\n')).split('\n')).toEqual([log[4], log[5], log[6]]);
});
