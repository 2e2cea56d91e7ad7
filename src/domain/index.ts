export type { Clock } from './clock.ts';
export type { World } from './world.ts';
