import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody of `.m365agentsplayground.yml`, by the names the Playground uses. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
}

export const configPath = join(import.meta.dirname, '../../.m365agentsplayground.yml');
export const config = readFileSync(configPath, 'utf8');

const person =
  /^(?: {2}| {2}- )id: (?<id>29:.+)\n +name: (?<name>.+)\n(?: +\w+: .+\n)*? +aadObjectId: (?<aadObjectId>.+)\n/gm;

/** The current user first, then the others. */
export const people: readonly Person[] = [...config.matchAll(person)].map(
  ({ groups: { id, name, aadObjectId } = {} }) => {
    if (!id || !name || !aadObjectId) throw new Error(`${configPath} has somebody without id, name or aadObjectId`);
    return { id, name, aadObjectId };
  },
);

/** The one person whose name contains this text, in any case. */
export function findPerson(text: string): Person {
  const found = people.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  if (found.length === 1 && found[0]) return found[0];
  throw new Error(
    `Nobody, or more than one, is called "${text}". There are ${people.map(({ name }) => name).join(', ')}.`,
  );
}

/** The configuration with this person as the current user; whoever was it before takes that person's place. */
export function configFor({ id }: Person): string {
  const [currentId = ''] = people.map((someone) => someone.id);
  const [mine, theirs] = [factsOf(currentId), factsOf(id)];
  const swapped = new Map([
    ...mine.map((fact, index) => [fact, theirs[index] ?? fact] as const),
    ...theirs.map((fact, index) => [fact, mine[index] ?? fact] as const),
    // Every personal chat is another one.
    [`id: ${currentId.replace('29:', 'a:')}`, `id: ${id.replace('29:', 'a:')}`] as const,
  ]);
  return config.replace(/\w+: .+$/gm, (fact) => swapped.get(fact) ?? fact);
}

/** `id: …`, `name: …` and the other lines of one person, in the order of the file. */
function factsOf(id: string): string[] {
  const lines = config.split('\n');
  const start = lines.findIndex((line) => line.endsWith(` id: ${id}`));
  return lines.slice(start, start + 7).map((line) => line.replace(/^[\s-]+/, ''));
}
