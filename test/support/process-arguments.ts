import { readdirSync, readFileSync } from 'node:fs';

/** Linux shows the arguments of each process to everybody on the machine; elsewhere there is nothing to read. */
export const showsArguments = process.platform === 'linux';

/** The arguments of everything that this process has started, and what that has started. */
export function argumentsOfChildren(): string[] {
  const known = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // Of `pid (name) state parent …`, where the name may hold anything.
        const [, parent = ''] = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return [{ id: name, parent, text: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  const below = (id: string): string[] =>
    known.filter(({ parent }) => parent === id).flatMap((one) => [one.text, ...below(one.id)]);
  return below(String(process.pid));
}
