/** The mapping of the documents of a journey. */
export const mappings = {
  properties: {
    id: { type: 'keyword' },
    status: { type: 'keyword' },
    labels: { type: 'keyword' },
    title: { type: 'text' },
    duration: { type: 'double' },
    'start-time': { type: 'date' },
    finished: { type: 'date' },
  },
};

/** Six documents whose ids are `1` to `6`; the ones that have not finished well are 2, 4 and 5. */
export const documents = ['succeeded', 'failed', 'succeeded', 'failed', 'running', 'succeeded'].map((status, at) => ({
  id: String(at + 1),
  status,
  labels: [at % 2 === 0 ? 're-1' : 're-2', 'all'],
  title: `Brightness temperatures of scan ${at + 1}`,
  duration: (at + 1) * 10,
  'start-time': `2026-01-0${at + 1}T08:00:00Z`,
  ...(status === 'succeeded' ? { finished: `2026-02-0${at + 1}T08:00:00.5Z` } : {}),
}));
