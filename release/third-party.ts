import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** `npm run third-party`: writes THIRD-PARTY.md anew. What stands there comes from package-lock.json alone. */
const names = z.record(z.string(), z.string()).default({});
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().default(''),
      license: z.string().optional(),
      dev: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
      dependencies: names,
      peerDependencies: names,
      optionalDependencies: names,
    }),
  ),
});

type Packages = z.infer<typeof lockFile>['packages'];

/** Their package.json does not say it; the texts beside it do. */
const inTheirText: Readonly<Record<string, string>> = { 'escape-regexp-component': 'MIT', jspath: 'MIT' };

export function readLock(root: string): Packages {
  return lockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))).packages;
}

/** The list of all packages that an installation has, each with its licence and who brings it. */
export function listThirdParty(packages: Packages): string {
  const direct = Object.keys(packages['']?.dependencies ?? {});
  const bringers = new Map<string, string[]>();
  for (const name of direct)
    for (const path of reachedFrom(packages, name)) bringers.set(path, [...(bringers.get(path) ?? []), name]);
  const rows = [...bringers].map(([path, by]) => {
    const { version = '', license } = packages[path] ?? {};
    const name = nameOf(path);
    const licence = license ?? inTheirText[name] ?? 'not stated';
    return `| ${name} | ${version} | ${licence} | ${by.length === direct.length ? 'all' : by.join(', ')} |`;
  });
  const unique = [...new Set(rows)].sort();
  return [
    '# Third-party packages',
    '',
    'What an installation (`npm ci --omit=dev`) has besides Software Desk itself, with its licence as its package.json says, and the',
    'packages of ours that need it. Made by `npm run third-party` from package-lock.json; a test keeps it current. The texts of',
    'the licences are in the folders of the packages below `node_modules/`.',
    '',
    '| package | version | licence | brought by |',
    '|---|---|---|---|',
    ...unique,
    '',
  ].join('\n');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** The paths of a package and of all that it needs; a peer counts where it is installed. */
function reachedFrom(packages: Packages, name: string): Set<string> {
  const found = new Set<string>();
  const visit = (path: string | undefined): void => {
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies, peerDependencies, optionalDependencies } = packages[path] ?? {};
    for (const needed of Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }))
      visit(resolveFrom(path, needed, packages));
  };
  visit(`node_modules/${name}`);
  return found;
}

/** As Node looks for it: beside the package, then one folder further out, and so on. */
function resolveFrom(path: string, name: string, packages: Packages): string | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (at === '') return undefined;
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  writeFileSync(join(root, 'THIRD-PARTY.md'), listThirdParty(readLock(root)));
}
