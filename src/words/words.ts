export type Words = Record<string, never>;
