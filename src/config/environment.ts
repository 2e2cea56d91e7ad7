import type { z } from 'zod';
import type { VariableName, Variables } from './schema.ts';
import { readSecretFiles } from './secret-files.ts';

/** The variables while they are read, and what was found wrong with them. */
export interface Environment {
  readonly problems: readonly string[];
  /** Blank means unset. */
  text(name: VariableName): string | undefined;
  /** The value, or `undefined` where it is unset or wrong; what is wrong becomes a problem. */
  read<T>(name: VariableName, schema: z.ZodType<T, string>): T | undefined;
  /** A problem begins with the name of its variable, and does not quote values: one may be a secret in the wrong place. */
  addProblem(problem: string): void;
}

/** `readText`: of the files that hold secrets. */
export function createEnvironment(given: Variables, readText: (path: string) => string): Environment {
  const { variables, problems } = readSecretFiles(given, readText);
  const text = (name: VariableName): string | undefined => variables[name]?.trim() || undefined;
  return {
    problems,
    text,
    read(name, schema) {
      const value = text(name);
      if (value === undefined) return undefined;
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      problems.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
      return undefined;
    },
    addProblem: (problem) => void problems.push(problem),
  };
}
