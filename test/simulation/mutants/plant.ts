import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { type Mutant, mutants } from './mutants.ts';

const top = new URL('../../../', import.meta.url);

/** The source with the fault; throws where what is to be changed does not stand there once. */
export function patched({ name, patches }: Mutant, file: string, source: string): string {
  return patches
    .filter((one) => one.file === file)
    .reduce((text, { find, replace }) => {
      if (text.split(find).length !== 2) throw new Error(`"${name}": ${file} no longer has what is to be changed`);
      return text.replace(find, () => replace);
    }, source);
}

/** For what this thread loads from now on. */
export function plant(name: string): void {
  const mutant = mutants.find((one) => one.name === name);
  if (!mutant) throw new Error(`there is no mutant "${name}"`);
  const files = new Map(mutant.patches.map(({ file }) => [new URL(file, top).href, file]));
  registerHooks({
    load(url, context, nextLoad) {
      const file = files.get(url);
      if (file === undefined) return nextLoad(url, context);
      const source = patched(mutant, file, readFileSync(new URL(url), 'utf8'));
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
