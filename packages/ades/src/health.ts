/** How a part of the system is. */
export interface PartHealth {
  readonly name: string;
  /** `ready`: it does its work. `waiting`: it runs, and waits for what `detail` says. `failed`: it cannot go on. */
  readonly status: 'ready' | 'waiting' | 'failed';
  /** What an operator should know or do. */
  readonly detail: string;
}

/** The state of the whole system. */
export interface HealthReport {
  readonly status: PartHealth['status'];
  readonly parts: readonly PartHealth[];
}

const RANKS: readonly PartHealth['status'][] = ['ready', 'waiting', 'failed'];

/** Asks for the state of all parts, and reports the asking itself as failed where it fails or takes longer than `timeoutMs`. */
export async function reportHealth(
  ask: () => Promise<readonly PartHealth[]>,
  timeoutMs: number,
): Promise<HealthReport> {
  const parts = await withinTime(ask, timeoutMs);
  const worst = Math.max(0, ...parts.map(({ status }) => RANKS.indexOf(status)));
  return { status: RANKS[worst]!, parts };
}

async function withinTime(
  ask: () => Promise<readonly PartHealth[]>,
  timeoutMs: number,
): Promise<readonly PartHealth[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly PartHealth[]>((resolve) => {
    timer = setTimeout(() => resolve(notReported(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  const answer = ask().catch((error: unknown) => notReported(error instanceof Error ? error.message : String(error)));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function notReported(detail: string): readonly PartHealth[] {
  return [{ name: 'health', status: 'failed', detail }];
}
