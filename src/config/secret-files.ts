import { reasonOf } from './policy-file.ts';
import { secretNames, type Variables } from './schema.ts';

/** The variables with the secrets that stand in files (`NAME_FILE` is the path), and what is wrong with those. */
export function readSecretFiles(
  given: Variables,
  readText: (path: string) => string,
): { readonly variables: Variables; readonly problems: string[] } {
  const problems: string[] = [];
  const variables = { ...given };
  for (const name of secretNames) {
    const path = given[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (given[name]?.trim()) {
      problems.push(`${name}_FILE is set, and ${name} too: leave one of them out`);
      continue;
    }
    try {
      const secret = readText(path).trim();
      if (secret === '') problems.push(`${name}_FILE names a file that is empty: ${path}`);
      variables[name] = secret;
    } catch (error) {
      problems.push(`${name}_FILE names a file that cannot be read: ${reasonOf(error)}`);
    }
  }
  return { variables, problems };
}
