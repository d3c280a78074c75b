import type { JsonObject, JsonValue } from '@daybook/cwl';

/**
 * Whether any tool of a packed document asks for the network: by NetworkAccess that is not `false`, an expression counted in, or because documents of
 * v1.0 had no such requirement, and their tools had the network.
 */
export function asksForNetwork(document: JsonObject): boolean {
  return document.cwlVersion === 'v1.0' || hasNetworkAccess(document);
}

function hasNetworkAccess(value: JsonValue): boolean {
  if (Array.isArray(value)) {
    return value.some(hasNetworkAccess);
  }
  if (value === null || typeof value !== 'object') {
    return false;
  }
  const object = value as JsonObject;
  if (object.class === 'NetworkAccess') {
    return object.networkAccess !== false;
  }
  return Object.entries(object).some(
    ([name, member]) => (name === 'NetworkAccess' && grants(member)) || hasNetworkAccess(member),
  );
}

/** Requirements may stand as a map from class to the rest. */
function grants(member: JsonValue): boolean {
  return member !== null && typeof member === 'object' && (member as JsonObject).networkAccess !== false;
}
