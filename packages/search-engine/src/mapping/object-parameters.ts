/** What the mapping of an object may say. */
export const OBJECT_PARAMETERS: readonly string[] = ['type', 'properties', 'dynamic', 'enabled', 'include_in_all'];
