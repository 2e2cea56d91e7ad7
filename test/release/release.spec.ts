import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { notesOf, release } from '../../release/release.ts';
import { listThirdParty, readLock } from '../../release/third-party.ts';
import { type AuditRegistry, startAuditRegistry } from '../support/audit-registry.ts';

const root = join(import.meta.dirname, '../..');
const changelog = `# Changelog

## 1.2.0 – 2026-12-01

### What an operator has to do

Nothing.

### Buying

- Something is better.

## 1.1.0 – 2026-11-01

- Old.
`;

const advisory = (id: string) => ({
  // npm keeps what it has once read, by this.
  id: Number.parseInt(id.slice(-4), 16),
  url: `https://github.com/advisories/${id}`,
  title: 'leaks',
  severity: 'high',
  vulnerable_versions: '<2.0.0',
});

describe('npm run release', () => {
  let registry: AuditRegistry;
  let folder: string;
  before(async () => {
    registry = await startAuditRegistry();
  });
  after(() => registry.stop());
  const lines: string[] = [];
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@x.example', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const run = (checks = ['check']) => release({ root: folder, print: (line) => lines.push(line), checks });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sd-release-'));
    lines.length = 0;
    registry.answer({ status: 200, body: {} });
    const files = {
      'package.json': JSON.stringify({
        name: 'desk',
        version: '1.2.0',
        dependencies: { leaky: '1.0.0' },
        scripts: { check: 'node -e 0', broken: 'node -e "process.exit(3)"' },
      }),
      'package-lock.json': JSON.stringify({
        name: 'desk',
        version: '1.2.0',
        lockfileVersion: 3,
        packages: {
          '': { name: 'desk', version: '1.2.0', dependencies: { leaky: '1.0.0' } },
          'node_modules/leaky': { version: '1.0.0' },
        },
      }),
      'CHANGELOG.md': changelog,
      '.gitignore': 'release/build/\n.cache/\n',
      '.npmrc': `registry=${registry.url}\naudit=true\nfetch-retries=0\ncache=.cache\n`,
      'docs/security.md': '# Security\n\n| `leaky` 1.0.0 | GHSA-aaaa-bbbb-cccc | not reached | there is no other |\n',
    };
    mkdirSync(join(folder, 'docs'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    git('init', '--quiet');
    git('config', 'user.name', 't');
    git('config', 'user.email', 't@x.example');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tags the version, with its notes, and makes source, list of contents and checksums', () => {
    run();

    const built = join(folder, 'release/build/v1.2.0');
    const contents = JSON.parse(readFileSync(join(built, 'desk-1.2.0.cdx.json'), 'utf8'));
    assert.equal(contents.bomFormat, 'CycloneDX');
    // Not as the folder is called, in which it happens to be made.
    assert.equal(contents.metadata.component.name, 'desk');
    assert.ok(!JSON.stringify(contents).includes(basename(folder)));
    assert.match(
      readFileSync(join(built, 'notes.md'), 'utf8'),
      /^1\.2\.0 – 2026-12-01\n\n### What an operator[\s\S]*better\.\n$/,
    );
    assert.match(git('tag', '--list', '--format=%(contents)', 'v1.2.0'), /Something is better/);
    assert.equal(git('rev-list', '-n', '1', 'v1.2.0'), git('rev-parse', 'HEAD'));
    const sums = readFileSync(join(built, 'SHA256SUMS'), 'utf8').trim().split('\n');
    assert.equal(sums.length, 3);
    for (const line of sums) {
      const [sum, name = ''] = line.split('  ');
      assert.equal(
        createHash('sha256')
          .update(readFileSync(join(built, name)))
          .digest('hex'),
        sum,
      );
    }
    assert.match(
      execFileSync('tar', ['tzf', join(built, 'desk-1.2.0.tar.gz')], { encoding: 'utf8' }),
      /^desk-1\.2\.0\/package\.json$/m,
    );
    assert.match(lines.at(-1) ?? '', /git push origin v1\.2\.0/);
  });

  it('makes nothing where a check fails, something is not committed, or the version was released', () => {
    assert.throws(() => run(['broken']));
    assert.ok(!existsSync(join(folder, 'release')));
    assert.equal(git('tag', '--list'), '');

    writeFileSync(join(folder, 'left.txt'), 'x');
    assert.throws(() => run(), /not committed/);
    rmSync(join(folder, 'left.txt'));

    git('tag', 'v1.2.0');
    assert.throws(() => run(), /v1\.2\.0 exists already/);
  });

  it('stops at what is known of a package and not explained, and goes on where it is', () => {
    registry.answer({ status: 200, body: { leaky: [advisory('GHSA-dddd-eeee-ffff')] } });
    assert.throws(() => run(), /leaky, high: leaks \(GHSA-dddd-eeee-ffff\)\n.*docs\/security\.md/);
    assert.ok(!existsSync(join(folder, 'release')));
    assert.equal(git('tag', '--list'), '');

    registry.answer({ status: 200, body: { leaky: [advisory('GHSA-aaaa-bbbb-cccc')] } });
    run();
    assert.ok(lines.includes('1 findings, each explained in docs/security.md.'), lines.join('\n'));
    assert.notEqual(git('tag', '--list'), '');
  });

  it('says so where the registry tells nothing of packages', () => {
    registry.answer({ status: 405, body: {} });
    run();
    assert.ok(
      lines.some((line) => /does not tell what is known of the packages \(.*405/.test(line)),
      lines.join('\n'),
    );
  });

  it('wants the notes of that version, with its day and what an operator has to do', () => {
    assert.match(notesOf(changelog, '1.2.0'), /better/);
    assert.throws(() => notesOf(changelog, '1.2'), /no heading/);
    assert.throws(() => notesOf(changelog, '1.1.0'), /lacks "### What an operator has to do"/);
    assert.throws(() => notesOf('## 2.0.0 – unreleased\n', '2.0.0'), /put the day of the release/);
  });
});

describe('the packages that an installation has', () => {
  const packages = readLock(root);
  const book = readFileSync(join(root, 'docs/security.md'), 'utf8');

  it('are listed with their licences, and who brings them (else: npm run third-party)', () => {
    const listed = listThirdParty(packages);

    assert.equal(readFileSync(join(root, 'THIRD-PARTY.md'), 'utf8'), listed);
    assert.doesNotMatch(listed, /not stated/);
    const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
    const names = new Set(
      installed.map(([path, { version }]) => `${path.replace(/.*node_modules\//, '')} | ${version}`),
    );
    for (const name of names) assert.ok(listed.includes(`| ${name} |`), name);
  });

  it('run no script when they are installed, but those that are listed as allowed', () => {
    const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const withScript = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript ? [path.replace(/.*node_modules\//, '')] : [],
    );

    assert.deepEqual(Object.keys(allowScripts).sort(), [...new Set(withScript)].sort());
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    assert.ok(
      allowed.every((name) => packages[`node_modules/${name}`]?.dev),
      'none in an installation',
    );
  });

  it('that restify and botbuilder need are told in the book by what of them is used', () => {
    const [, chapter = ''] = book.split('## What comes with the packages\n');
    for (const name of ['restify', 'botbuilder']) {
      const needed = Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {});
      for (const one of needed) assert.ok(chapter.includes(`\`${one}\``), `${name} needs ${one}`);
    }
  });
});
