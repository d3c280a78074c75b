import { illegalArgument, parseError } from '../../errors/errors.ts';
import { parseTimeMs, timeText } from '../../http/time-value.ts';
import { dynamicSettings } from './dynamic-settings.ts';
import { type SettingValues, textOf } from './flatten-settings.ts';

/** Refuses values that are right each for itself and not beside each other. */
export function checkTogether(values: SettingValues): void {
  const value = (name: string): string => textOf(values[name] ?? dynamicSettings.get(name)!.default);
  const timeMs = (name: string): number => parseTimeMs(value(name), name);
  const [usual, most] = [timeMs('search.default_keep_alive'), timeMs('search.max_keep_alive')];
  if (usual > most) {
    throw illegalArgument(
      'Default keep alive setting for request [search.default_keep_alive] should be smaller than max keep alive ' +
        `[search.max_keep_alive], was (${timeText(usual)} > ${timeText(most)})`,
    );
  }
  checkWatermarks(value);
}

const watermarks = ['low', 'high', 'flood_stage'].map((level) => `cluster.routing.allocation.disk.watermark.${level}`);

/** Parts of the disk have to ascend, and all three to be parts, or bytes. */
function checkWatermarks(value: (name: string) => string): void {
  const given = watermarks.map(value);
  const ratios = given.map(ratioOf);
  const [low, high, flood] = ratios;
  if (ratios.some((ratio) => ratio === undefined) && ratios.some((ratio) => ratio !== undefined && ratio !== 0)) {
    const [first, second, third] = watermarks.map((name, at) => `[${name}=${given[at]}]`);
    const at = ratios.findIndex((ratio) => ratio !== undefined && ratio !== 0);
    const cause =
      `failed to parse setting [${watermarks[at]}] with value [${given[at]}] as a size in bytes: ` +
      'unit is missing or unrecognized';
    throw illegalArgument(
      `unable to consistently parse ${first}, ${second}, and ${third} as percentage or bytes`,
      parseError(cause),
    );
  }
  if (low !== undefined && high !== undefined && low > high) {
    throw illegalArgument(`low disk watermark [${given[0]}] more than high disk watermark [${given[1]}]`);
  }
  if (high !== undefined && flood !== undefined && high > flood) {
    throw illegalArgument(`high disk watermark [${given[1]}] more than flood stage disk watermark [${given[2]}]`);
  }
}

function ratioOf(given: string): number | undefined {
  if (given.endsWith('%')) return Number(given.slice(0, -1)) / 100;
  return /^[\d.]+$/.test(given) ? Number(given) : undefined;
}
