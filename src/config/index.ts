export { playgroundGroups } from './development.ts';
export { policyProblem, readPolicy } from './policy-file.ts';
export type { Checks } from './read-config.ts';
export type { Config, PartnerCenterCredentials } from './schema.ts';
