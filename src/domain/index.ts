export { recordStranger, type Stranger } from './audit/refused-decision.ts';
export type { Clock } from './clock.ts';
export { createLanguages } from './people/languages.ts';
export { withRoleChanges } from './people/role-changes.ts';
export { createUsage } from './people/usage.ts';
export { longestWindowDays } from './policy.ts';
export type { World } from './world.ts';
