import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildPackage,
  type PackageFiles,
  type PackageSettings,
  problemsOf,
  problemsOfSettings,
} from '../../manifest/app-package.ts';
import { type Png, readPng } from '../../manifest/read-png.ts';
import { languages } from '../../src/domain/people/languages.ts';
import { readCommand } from '../../src/words/commands.ts';
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
  supportsChannelFeatures?: string;
  staticTabs?: object[];
  webApplicationInfo?: object;
  composeExtensions: {
    commands: { id: string; type: string; triggers?: string[] }[];
    messageHandlers?: { value: { domains: string[] } }[];
  }[];
  developer: Record<string, string>;
  bots: {
    botId: string;
    scopes: string[];
    supportsFiles?: boolean;
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
  it('is valid against the manifest schema 1.30 and the language schema', async () => {
    assert.deepEqual(await problemsOf(await buildPackage(settings)), []);
  });

  it('bears the app id, the version, the publisher and the host of the web pages', async () => {
    const manifest = manifestOf(await buildPackage(settings));

    assert.equal(manifest.manifestVersion, '1.30');
    assert.equal(manifest.id, appId);
    assert.equal(manifest.bots[0]?.botId, appId);
    assert.equal(manifest.version, '1.2.3');
    assert.equal(manifest.developer.websiteUrl, 'https://partner.example');
    assert.deepEqual(manifest.validDomains, ['desk.partner.example']);
  });

  it('leaves out what needs a web page where there is none', async () => {
    const files = await buildPackage({ ...settings, publicUrl: undefined });
    const manifest = manifestOf(files);

    assert.deepEqual(manifest.validDomains, []);
    assert.equal(manifest.staticTabs, undefined);
    assert.equal(manifest.webApplicationInfo, undefined);
    assert.equal(manifest.composeExtensions[0]?.messageHandlers, undefined);
    assert.equal(manifest.composeExtensions[0]?.commands.length, 5);
    assert.deepEqual(await problemsOf(files), []);
  });

  it('has the tab Desk for people and for teams, on the web pages, signed in by Teams', async () => {
    const { staticTabs, webApplicationInfo } = manifestOf(await buildPackage(settings));

    assert.deepEqual(staticTabs, [
      {
        entityId: 'desk',
        name: 'Desk',
        contentUrl: 'https://desk.partner.example/app/web/desk',
        scopes: ['personal', 'team'],
      },
    ]);
    assert.deepEqual(webApplicationInfo, { id: appId, resource: `api://desk.partner.example/${appId}` });
  });

  it('searches, opens dialogs by a slash, and takes links of the web pages, in the message extension', async () => {
    const [extension] = manifestOf(await buildPackage(settings)).composeExtensions;

    assert.deepEqual(
      extension?.commands.map(({ id, type, triggers }) => [id, type, triggers?.join()]),
      [
        ['orders', 'query', undefined],
        ['cases', 'query', undefined],
        ['customers', 'query', undefined],
        ['keys', 'action', 'slash'],
        ['cancel', 'action', 'slash'],
      ],
    );
    assert.deepEqual(extension?.messageHandlers?.[0]?.value.domains, ['desk.partner.example']);
  });

  it('is for shared and private channels too, and takes files in the personal chat', async () => {
    const manifest = manifestOf(await buildPackage(settings));

    assert.equal(manifest.supportsChannelFeatures, 'tier1');
    assert.equal(manifest.bots[0]?.supportsFiles, true);
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
    assert.match(stdout, /No PUBLIC_URL: the tab Desk, its sign-in, and cards for pasted links are left out/);
    assert.equal(manifestOf(readZip(readFileSync(out()))).id, '00000000-0000-0000-0000-000000000001');
  });

  it('writes nothing and names the problems when something is wrong', () => {
    const { status, stderr } = run(['--app-id', appId, '--terms', 'http://partner.example/terms']);

    assert.equal(status, 1);
    assert.equal(
      stderr.trim(),
      'The package was not written:\n  developer.termsOfUseUrl is not https: http://partner.example/terms',
    );
    assert.throws(() => readFileSync(out()), { code: 'ENOENT' });
  });

  it('says in one sentence what is wrong with the app id, and in one what is wrong with the address', () => {
    const id = "MicrosoftAppId must be the GUID of the bot's app registration, but is nobody";
    const address = "PUBLIC_URL must be an https address that people's Teams can reach, but is";

    const { status, stderr } = run(['--app-id', 'nobody', '--public-url', 'http://desk.partner.example']);
    assert.equal(status, 1);
    assert.equal(
      stderr.trim(),
      ['The package was not written:', `  ${id}`, `  ${address} http://desk.partner.example`].join('\n'),
    );
    for (const publicUrl of [
      'https://localhost:3978',
      'https://10.0.0.4',
      'desk.partner.example',
      'https://a:b@c.example',
    ])
      assert.deepEqual(problemsOfSettings({ appId, publicUrl }), [`${address} ${publicUrl}`]);
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
    const color = icon('color.png');
    const outline = icon('outline.png');

    assert.deepEqual([color.width, color.height], [192, 192]);
    assert.deepEqual([outline.width, outline.height], [32, 32]);
  });

  it('have a background of the accent colour', () => {
    const { pixels } = icon('color.png');
    const { accentColor } = JSON.parse(readFileSync(join(root, 'manifest/manifest.json'), 'utf8'));

    const { red, green, blue } = pixels[192 * 96 + 12] ?? { red: 0, green: 0, blue: 0 };
    assert.equal(`#${Buffer.from([red, green, blue]).toString('hex').toUpperCase()}`, accentColor);
  });

  it('have an outline of white on transparent, without any other colour', () => {
    const { pixels } = icon('outline.png');
    const drawn = pixels.filter((pixel) => pixel.alpha > 0);

    assert.ok(drawn.length > 100, 'nothing is drawn');
    assert.ok(drawn.length < pixels.length / 2, 'the background is not transparent');
    assert.deepEqual(
      drawn.filter(({ red, green, blue }) => red < 255 || green < 255 || blue < 255),
      [],
    );
  });
});

function icon(name: string): Png {
  return readPng(readFileSync(join(root, 'manifest', name))) ?? assert.fail(`${name} is no PNG with transparency`);
}

function textOf(files: PackageFiles, name: string): string {
  return files.get(name)?.toString('utf8') ?? '';
}

function manifestOf(files: PackageFiles): Manifest {
  return JSON.parse(textOf(files, 'manifest.json'));
}
