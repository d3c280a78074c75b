import { isDaybookError } from '@daybook/errors';
import { buildMapping, type Engine } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import { checkNewSettings } from '../indices/check-settings.ts';
import { type FlatSettings, flattenSettings, nestSettings } from '../indices/settings.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { invalidTemplate } from './invalid-template.ts';
import { mergeComposable } from './template-for.ts';

/** Refuses settings and a mapping, of a legacy template or a component, with which no index could be made. */
export function checkTemplateContent(content: JsonObject): void {
  const settings = givenSettings(content);
  checkNewSettings(settings);
  buildMapping(isJsonObject(content.mappings) ? content.mappings : {}, nestSettings(settings), undefined, true);
}

/** Refuses a composable template that together with its components could make no index. */
export function checkComposedContent(engine: Engine, name: string, template: JsonObject): void {
  try {
    if (isJsonObject(template.template)) checkNewSettings(givenSettings(template.template));
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw invalidTemplate(name, validationFailed(error.message).message);
  }
  const merged = mergeComposable(engine, template);
  try {
    checkTemplateContent({ ...merged });
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    const isOfMapping = error.detail.reason === 'mapper_parsing_exception';
    const cause = isOfMapping ? illegalArgument(`invalid composite mappings for [${name}]`, error) : error;
    throw illegalArgument(`composable template [${name}] template after composition is invalid`, cause);
  }
}

function givenSettings({ settings }: JsonObject): FlatSettings {
  return Object.fromEntries(Object.entries(flattenSettings(settings)).filter(([, value]) => value !== null));
}
