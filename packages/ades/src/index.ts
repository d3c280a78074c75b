export type { AdesLimits, AdesOptions, Packer } from './ades-options.ts';
export { type Ades, createAdes } from './create-ades.ts';
export type { PartHealth } from './health.ts';
export type { AdesApp } from './http/ades-app.ts';
