export type { Clock } from './clock.ts';
export { createLanguages, languageOf } from './people/languages.ts';
export type { World } from './world.ts';
