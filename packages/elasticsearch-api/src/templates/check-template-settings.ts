import { parseAnalysis } from '@daybook/search-engine';
import { checkNewSettings } from '../indices/check-settings.ts';
import { flattenSettings } from '../indices/settings.ts';
import { isJsonObject } from '../json/json.ts';

/** Refuses settings of which no index could be made; `content` is what the template gives to indices. */
export function checkTemplateSettings(content: unknown): void {
  const settings = isJsonObject(content) && isJsonObject(content.settings) ? content.settings : {};
  checkNewSettings(flattenSettings(settings));
  parseAnalysis(settings);
}
