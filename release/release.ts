import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, findUnexplained } from './audit.ts';

/**
 * `npm run release`: checks, then makes the tag of the version in package.json and, in `release/build/`, what goes with it:
 * the source, the notes from CHANGELOG.md, the list of contents (CycloneDX), and the checksums of all of them.
 *
 *   maintainer  (sets the version in package.json, and its heading in CHANGELOG.md; commits)
 *   maintainer  npm run release
 *   release     v1.0.0 is tagged. Push it: git push origin v1.0.0
 */
class ReleaseError extends Error {}

export interface ReleaseParts {
  /** The top of the repository. */
  readonly root: string;
  readonly print: (line: string) => void;
  /** What has to end well before anything is made: scripts of package.json. */
  readonly checks?: readonly string[];
}

/** Throws `ReleaseError` with what has to be mended first; then nothing was made. */
export function release({ root, print, checks = ['check', 'test'] }: ReleaseParts): void {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const tag = `v${version}`;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  if (git('status', '--porcelain') !== '') throw new ReleaseError('There are changes that are not committed.');
  if (git('tag', '--list', tag) !== '')
    throw new ReleaseError(`${tag} exists already: set another version in package.json.`);
  const notes = notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version ?? '');

  for (const script of checks) {
    print(`npm run ${script} …`);
    runNpm(root, ['run', script], 'inherit');
  }
  print('npm audit …');
  print(auditOf(root));

  const folder = join(root, 'release', 'build', tag);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const prefix = `${name}-${version}`;
  const contents = nameProduct(
    runNpm(root, ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], 'pipe'),
    name ?? '',
  );
  const files: Readonly<Record<string, string | Buffer>> = {
    [`${prefix}.tar.gz`]: execFileSync('git', ['archive', '--format=tar.gz', `--prefix=${prefix}/`, 'HEAD'], {
      cwd: root,
      maxBuffer: 2 ** 30,
    }),
    [`${prefix}.cdx.json`]: contents,
    'notes.md': notes,
  };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, 'SHA256SUMS'), checksumsOf(files));
  git('tag', '--annotate', tag, '--cleanup=verbatim', '--file', join(folder, 'notes.md'));
  print(`${tag} is tagged, and release/build/${tag} has what goes with it. Push it: git push origin ${tag}`);
}

/** What stands under the heading of that version. */
export function notesOf(changelog: string, version: string): string {
  const [heading = '', ...lines] =
    changelog
      .split(/^(?=## )/m)
      .find((part) => part.startsWith(`## ${version} `) || part.startsWith(`## ${version}\n`))
      ?.split('\n') ?? [];
  if (heading === '') throw new ReleaseError(`CHANGELOG.md has no heading "## ${version} – DATE".`);
  if (!/ – \d{4}-\d\d-\d\d$/.test(heading))
    throw new ReleaseError(
      `CHANGELOG.md has "${heading}": put the day of the release behind the version, as 2026-01-31.`,
    );
  const text = lines.join('\n').trim();
  if (!/^### What an operator has to do$/m.test(text))
    throw new ReleaseError(
      `CHANGELOG.md lacks "### What an operator has to do" under ${version} (it may say: nothing).`,
    );
  return `${heading.slice(3)}\n\n${text}\n`;
}

/** npm (11.19) calls the product as its folder is called. */
function nameProduct(cyclonedx: string, name: string): string {
  const contents = JSON.parse(cyclonedx);
  contents.metadata.component.name = name;
  return `${JSON.stringify(contents, null, 2)}\n`;
}

/** As `sha256sum --check` reads them. */
function checksumsOf(files: Readonly<Record<string, string | Buffer>>): string {
  return Object.entries(files)
    .map(([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`)
    .join('');
}

/** What is known of the packages, in sentences; stops at what docs/security.md does not explain. */
function auditOf(root: string): string {
  const said = audit(root, npmCommand());
  if ('silence' in said) {
    return `The registry does not tell what is known of the packages (${said.silence}). Ask another one: npm audit --omit dev --registry=ADDRESS`;
  }
  const left = findUnexplained(root, said.findings);
  if (left.length > 0) {
    const lines = left.map(
      ({ advisory, packageName, severity, title }) => `  - ${packageName}, ${severity}: ${title} (${advisory})`,
    );
    throw new ReleaseError(
      `Findings of npm audit that are not explained:\n${lines.join('\n')}\nMend them, or say in docs/security.md, "What comes with the packages", why they stay.`,
    );
  }
  return said.findings.length === 0
    ? 'Nothing is known of the packages.'
    : `${said.findings.length} findings, each explained in docs/security.md.`;
}

/** npm says where it is itself; so this works the same on Windows, where it is a batch file. */
function npmCommand(): readonly string[] {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
}

function runNpm(root: string, args: readonly string[], stdout: 'inherit' | 'pipe'): string {
  const [command = 'npm', ...before] = npmCommand();
  return (
    execFileSync(command, [...before, ...args], {
      ...{ cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
      stdio: ['ignore', stdout, stdout],
    }) ?? ''
  );
}

if (import.meta.main) {
  try {
    release({ root: join(import.meta.dirname, '..'), print: (line) => void process.stdout.write(`${line}\n`) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
