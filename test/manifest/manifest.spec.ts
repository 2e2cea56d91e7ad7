import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage, type PackageFiles, type PackageSettings, problemsOf } from '../../manifest/app-package.ts';
import { languages } from '../../src/domain/people/languages.ts';
import { readCommand } from '../../src/words/commands.ts';
import { readPng } from './read-png.ts';
import { readZip } from './read-zip.ts';

const root = join(import.meta.dirname, '../..');
const appId = '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4';
const settings: PackageSettings = {
  appId,
  version: '1.2.3',
  publicUrl: 'https://desk.partner.example/app',
  developer: {
    name: 'Partner',
    website: 'https://partner.example',
    privacy: 'https://partner.example/privacy',
    terms: 'https://partner.example/terms',
  },
};

interface Manifest {
  id: string;
  version: string;
  manifestVersion: string;
  localizationInfo: { additionalLanguages: { languageTag: string }[] };
  validDomains: string[];
  developer: Record<string, string>;
  bots: {
    botId: string;
    scopes: string[];
    supportsTargetedMessages?: boolean;
    commandLists: { scopes: string[]; triggers: string[]; commands: { title: string; description: string }[] }[];
  }[];
}

const commands = [
  'buy',
  'software',
  'orders',
  'keys',
  'cancel',
  'cases',
  'drafts',
  'remind',
  'audit',
  'language',
  'whoami',
  'help',
];

describe('the app package', () => {
  it('is valid against the manifest schema 1.29 and the language schema', async () => {
    assert.deepEqual(await problemsOf(await buildPackage(settings)), []);
  });

  it('bears the app id, the version, the publisher and the host of the web pages', async () => {
    const manifest = manifestOf(await buildPackage(settings));

    assert.equal(manifest.manifestVersion, '1.29');
    assert.equal(manifest.id, appId);
    assert.equal(manifest.bots[0]?.botId, appId);
    assert.equal(manifest.version, '1.2.3');
    assert.equal(manifest.developer.websiteUrl, 'https://partner.example');
    assert.deepEqual(manifest.validDomains, ['desk.partner.example']);
  });

  it('names no domain where there are no web pages', async () => {
    const manifest = manifestOf(await buildPackage({ ...settings, publicUrl: undefined }));

    assert.deepEqual(manifest.validDomains, []);
  });

  it('offers the bot in chats, group chats and teams, with private messages', async () => {
    const [bot] = manifestOf(await buildPackage(settings)).bots;

    assert.deepEqual(bot?.scopes, ['personal', 'team', 'groupChat']);
    assert.equal(bot?.supportsTargetedMessages, true);
  });

  it('lists every command in every scope, each with a description', async () => {
    const lists = manifestOf(await buildPackage(settings)).bots[0]?.commandLists ?? [];

    assert.deepEqual(
      lists.flatMap((list) => list.scopes),
      ['personal', 'team', 'groupChat'],
    );
    for (const list of lists) {
      assert.deepEqual(
        list.commands.map((command) => command.title),
        commands,
      );
      assert.ok(list.commands.every((command) => command.description.length > 10));
    }
  });

  it('offers slash commands where a private message can answer them: not in personal chats', async () => {
    const lists = manifestOf(await buildPackage(settings)).bots[0]?.commandLists ?? [];

    for (const { scopes, triggers } of lists) {
      assert.deepEqual(triggers, scopes.includes('personal') ? ['mention'] : ['mention', 'slash']);
    }
  });

  it('is translated into every language that the bot speaks, with the same things in each', async () => {
    const files = await buildPackage(settings);
    const named = Object.keys(JSON.parse(textOf(files, 'pl.json'))).toSorted();

    for (const language of languages.filter((one) => one !== 'en')) {
      const translation: Record<string, string> = JSON.parse(textOf(files, `${language}.json`));
      assert.deepEqual(Object.keys(translation).toSorted(), named, language);
    }
    assert.deepEqual(
      manifestOf(files).localizationInfo.additionalLanguages.map(({ languageTag }) => languageTag),
      languages.filter((one) => one !== 'en'),
    );
  });

  for (const language of languages.filter((one) => one !== 'en'))
    it(`names commands that the bot understands, in ${language}`, async () => {
      const translation: Record<string, string> = JSON.parse(textOf(await buildPackage(settings), `${language}.json`));

      for (const list of [0, 1, 2]) {
        for (const [index, title] of commands.entries()) {
          const key = `bots[0].commandLists[${list}].commands[${index}]`;
          assert.equal(readCommand(title)?.command, title);
          assert.equal(readCommand(translation[`${key}.title`] ?? '')?.command, title, key);
          assert.ok((translation[`${key}.description`] ?? '').length > 10, key);
        }
      }
    });
});

describe('the check of the app package', () => {
  const broken: { what: string; change: (manifest: Manifest) => void; says: RegExp }[] = [
    { what: 'an app id that is no GUID', change: (manifest) => (manifest.id = 'nobody'), says: /\/id must match/ },
    { what: 'an unknown scope', change: (manifest) => manifest.bots[0]?.scopes.push('everywhere'), says: /scopes\/3/ },
    {
      what: 'an unknown property',
      change: (manifest) => Object.assign(manifest, { packageName: 'desk' }),
      says: /additional properties.*packageName/,
    },
    {
      what: 'a fourth command list',
      change: (manifest) => manifest.bots[0]?.commandLists.push({ scopes: ['team'], triggers: [], commands: [] }),
      says: /commandLists must NOT have more than 3/,
    },
    {
      what: 'a placeholder that nobody filled in',
      change: (manifest) => (manifest.version = '${{VERSION}}'),
      says: /VERSION.* was not filled in/,
    },
    {
      what: 'a link without https',
      change: (manifest) => (manifest.developer.privacyUrl = 'http://partner.example'),
      says: /is not https/,
    },
    {
      what: 'an icon that is not in the package',
      change: (manifest) => Object.assign(manifest, { icons: { color: 'big.png', outline: 'outline.png' } }),
      says: /big\.png is named/,
    },
    {
      what: 'another schema',
      change: (manifest) => Object.assign(manifest, { $schema: 'https://partner.example/schema.json' }),
      says: /\$schema must be/,
    },
  ];
  for (const { what, change, says } of broken) {
    it(`refuses ${what}`, async () => {
      const files = new Map(await buildPackage(settings));
      const manifest = manifestOf(files);
      change(manifest);
      files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));

      const problems = await problemsOf(files);

      assert.ok(
        problems.some((problem) => says.test(problem)),
        `not found in: ${problems.join('; ')}`,
      );
    });
  }

  it('refuses a translation of something that is not there', async () => {
    const files = new Map(await buildPackage(settings));
    const polish = JSON.parse(textOf(files, 'pl.json'));
    files.set('pl.json', Buffer.from(JSON.stringify({ ...polish, 'bots[1].name': 'Drugi' })));

    assert.match((await problemsOf(files)).join('\n'), /^pl\.json .*bots\[1\]\.name/m);
  });
});

describe('npm run package', () => {
  let folder: string;
  const out = () => join(folder, 'desk.zip');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'package-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A blank variable counts as unset, and keeps one of a developer's own `.env` away. */
  function run(args: string[], env: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, 'manifest/package.ts'), '--out', out(), ...args],
      { encoding: 'utf8', env: { ...process.env, MicrosoftAppId: '', PUBLIC_URL: '', ...env } },
    );
    return { status, stdout, stderr };
  }

  it('writes a zip with the manifest, its icons and its languages at the root, and nothing else', async () => {
    const { status, stderr } = run([], { MicrosoftAppId: appId, PUBLIC_URL: 'https://desk.partner.example' });

    assert.equal(status, 0, stderr);
    const files = readZip(readFileSync(out()));
    assert.deepEqual([...files.keys()].sort(), [
      ...['color.png', 'de.json', 'es.json', 'fr.json', 'manifest.json', 'outline.png', 'pl.json'],
    ]);
    assert.deepEqual(await problemsOf(files), []);
    assert.equal(manifestOf(files).id, appId);
    assert.deepEqual(manifestOf(files).validDomains, ['desk.partner.example']);
    assert.deepEqual(files.get('color.png'), readFileSync(join(root, 'manifest/color.png')));
  });

  it('packages for a newcomer without an app id, and says that this is not for uploading', () => {
    const { status, stdout } = run([]);

    assert.equal(status, 0);
    assert.match(stdout, /Package again with the app id of your bot/);
    assert.equal(manifestOf(readZip(readFileSync(out()))).id, '00000000-0000-0000-0000-000000000001');
  });

  it('writes nothing and names the problems when something is wrong', () => {
    const { status, stderr } = run(['--app-id', 'nobody', '--terms', 'http://partner.example/terms']);

    assert.equal(status, 1);
    assert.match(stderr, /not written/);
    assert.match(stderr, /\/id must match/);
    assert.match(stderr, /http:\/\/partner\.example\/terms" is not https/);
    assert.throws(() => readFileSync(out()), { code: 'ENOENT' });
  });

  it('makes the same file from the same content', () => {
    run(['--app-id', appId]);
    const first = readFileSync(out());
    run(['--app-id', appId]);

    assert.deepEqual(readFileSync(out()), first);
  });
});

describe('the icons', () => {
  it('are 192 and 32 pixels wide and high', () => {
    const color = readPng(readFileSync(join(root, 'manifest/color.png')));
    const outline = readPng(readFileSync(join(root, 'manifest/outline.png')));

    assert.deepEqual([color.width, color.height], [192, 192]);
    assert.deepEqual([outline.width, outline.height], [32, 32]);
  });

  it('have a background of the accent colour', () => {
    const { pixels } = readPng(readFileSync(join(root, 'manifest/color.png')));
    const { accentColor } = JSON.parse(readFileSync(join(root, 'manifest/manifest.json'), 'utf8'));

    const { red, green, blue } = pixels[192 * 96 + 12] ?? { red: 0, green: 0, blue: 0 };
    assert.equal(`#${Buffer.from([red, green, blue]).toString('hex').toUpperCase()}`, accentColor);
  });

  it('have an outline of white on transparent, without any other colour', () => {
    const { pixels } = readPng(readFileSync(join(root, 'manifest/outline.png')));
    const drawn = pixels.filter((pixel) => pixel.alpha > 0);

    assert.ok(drawn.length > 100, 'nothing is drawn');
    assert.ok(drawn.length < pixels.length / 2, 'the background is not transparent');
    assert.deepEqual(
      drawn.filter(({ red, green, blue }) => red < 255 || green < 255 || blue < 255),
      [],
    );
  });
});

function textOf(files: PackageFiles, name: string): string {
  return files.get(name)?.toString('utf8') ?? '';
}

function manifestOf(files: PackageFiles): Manifest {
  return JSON.parse(textOf(files, 'manifest.json'));
}
