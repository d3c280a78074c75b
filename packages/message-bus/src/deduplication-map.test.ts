import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DeduplicationMap } from './deduplication-map.ts';

it('gives what was set last until its time, whatever is set and dropped', () => {
  const step = fc.record({ key: fc.nat({ max: 6000 }), count: fc.nat({ max: 3000 }), wait: fc.nat({ max: 50 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const map = new DeduplicationMap();
      const model = new Map<string, { messageId: string; sequence: number; until: number }>();
      let now = 0;
      let sequence = 0;
      for (const { key, count, wait } of steps) {
        for (let at = 0; at < count; at++) {
          const first = { messageId: `01234567-89ab-4cde-8f01-${String(++sequence).padStart(12, '0')}`, sequence };
          map.set(`${key + at}`, first, now + 100);
          model.set(`${key + at}`, { ...first, until: now + 100 });
        }
        now += wait;
        map.expire(now);
        for (const [name, { until }] of model) if (until <= now) model.delete(name);
        expect(map.get('none', now)).toBeUndefined();
        expect(Array.from(model.keys(), (name) => map.get(name, now))).toEqual(
          Array.from(model.values(), ({ until: _, ...first }) => first),
        );
        expect(new Map(Array.from(map.entries(), (entry) => [entry.key, entry.until]))).toEqual(
          new Map(Array.from(model, ([name, { until }]) => [name, until])),
        );
      }
    }),
    { numRuns: 30 },
  );
});
