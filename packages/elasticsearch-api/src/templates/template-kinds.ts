/** Kinds of the engine's metadata under which templates are kept, as they are answered. */
export const templateKinds: {
  readonly legacy: 'template';
  readonly composable: 'index_template';
  readonly component: 'component_template';
} = { legacy: 'template', composable: 'index_template', component: 'component_template' };
