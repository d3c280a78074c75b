/** Seconds for a person to read: `0.52 s`, `12 s`, `3m 05s`, `2h 10m`, `4d 03h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2).replace(/\.?0+$/, '')} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
  return `${Math.floor(minutes / 1440)}d ${two(Math.floor((minutes % 1440) / 60))}h`;
}

/** How long ago a time was, in its largest unit: `5s`, `12m`, `3h`, `20d`. Empty where there is none. */
export function formatAge(time: string | undefined, now: number = Date.now()): string {
  if (time === undefined) return '';
  const seconds = Math.max(0, Math.floor((now - Date.parse(time)) / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

/** Seconds between two times; undefined where one is not known. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
