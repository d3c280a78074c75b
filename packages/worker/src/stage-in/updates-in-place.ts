import type { JsonObject, JsonValue } from '@daybook/cwl';

/** Whether a tool of a packed document may write into its input files, which no other job may share then. */
export function updatesInPlace(document: JsonObject): boolean {
  return mentions(document, 'InplaceUpdateRequirement');
}

/** Requirements stand in a list by their class, or in a map from class to the rest. */
function mentions(value: JsonValue, requirement: string): boolean {
  if (Array.isArray(value)) {
    return value.some((element) => mentions(element, requirement));
  }
  if (value === null || typeof value !== 'object') {
    return false;
  }
  const object = value as JsonObject;
  const isNamed = object.class === requirement || Object.hasOwn(object, requirement);
  return isNamed || Object.values(object).some((member) => mentions(member, requirement));
}
