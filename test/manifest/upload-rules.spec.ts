import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { buildPackage, problemsOf, ruleProblemsOf } from '../../manifest/app-package.ts';
import { uploadRules } from '../../manifest/upload-rules.ts';

const appId = '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4';
const otherId = '11111111-52c6-4a3e-8e15-90d2c6f1a8b4';

/** A package that is being broken. */
interface Broken {
  // biome-ignore lint/suspicious/noExplicitAny: a broken manifest has any shape
  readonly manifest: any;
  readonly polish: Record<string, string>;
  readonly files: Map<string, Buffer>;
}

/** For each rule, a change that breaks it and nothing else, and the sentence that tells so. */
const breaks: Readonly<Record<string, { readonly change: (app: Broken) => unknown; readonly says: string }>> = {
  'one-bot': {
    change: ({ manifest }) => (manifest.composeExtensions[0].botId = otherId),
    says: `bots, composeExtensions and webApplicationInfo must name one app id, but name ${appId}, ${otherId}, ${appId}`,
  },
  'real-id': {
    change: ({ manifest }) => (manifest.id = '00000000-0000-0000-0000-000000000000'),
    says: 'id must be an id of your own, but is 00000000-0000-0000-0000-000000000000',
  },
  'version-number': {
    change: ({ manifest }) => (manifest.version = '1.2.3-beta'),
    says: 'version must be three numbers, such as 1.2.3, but is 1.2.3-beta',
  },
  'two-names': {
    change: ({ polish }) => (polish['name.full'] = 'Software Desk'),
    says: 'pl.json: name.full must differ from name.short',
  },
  'two-descriptions': {
    change: ({ manifest }) => (manifest.description.full = manifest.description.short),
    says: 'description.full must differ from description.short',
  },
  'filled-in': {
    change: ({ manifest }) => (manifest.developer.name = '${{DEVELOPER_NAME}}'),
    says: '${{DEVELOPER_NAME}} was not filled in',
  },
  'files-are-there': {
    change: ({ manifest }) => (manifest.icons.color32x32 = 'small.png'),
    says: 'small.png is named in the manifest but is not in the package',
  },
  'files-at-the-root': {
    change: ({ files }) => files.set('icons/color.png', Buffer.from('')),
    says: 'icons/color.png must lie at the root of the zip',
  },
  'plain-json': {
    change: ({ files }) => files.set('de.json', Buffer.from(`\uFEFF${files.get('de.json')}`)),
    says: 'de.json must begin with {, without a byte order mark',
  },
  'color-icon': {
    change: ({ files }) => files.set('color.png', png(96, [10, 20, 30, 255])),
    says: 'color.png must be a PNG of 192 by 192 pixels, but is 96 by 96',
  },
  'outline-icon': {
    change: ({ files }) => files.set('outline.png', Buffer.from('GIF89a: not a PNG at all, but long enough')),
    says: 'outline.png must be a PNG of 32 by 32 pixels, but is no PNG with 8 bits a channel and transparency',
  },
  'outline-is-white': {
    change: ({ files }) => files.set('outline.png', png(32, [255, 0, 0, 255])),
    says: 'outline.png must be white on transparent, without another colour',
  },
  'channel-features': {
    change: ({ manifest }) => delete manifest.supportsChannelFeatures,
    says: 'supportsChannelFeatures must be "tier1", because the app has the scope team',
  },
  'install-scope': {
    change: ({ manifest }) => (manifest.defaultInstallScope = 'meetings'),
    says: 'defaultInstallScope is meetings, but nothing in the app has that scope',
  },
  'group-capability': {
    change: ({ manifest }) => (manifest.defaultGroupCapability.groupchat = 'tab'),
    says: 'defaultGroupCapability.groupchat is tab, but the app has none with the scope groupChat',
  },
  'files-in-personal-chat': {
    change: ({ manifest: { bots } }) => {
      bots[0].scopes = ['copilot', 'team', 'groupChat'];
      bots[0].commandLists[0].scopes = ['copilot'];
    },
    says: 'bots[0].supportsFiles is set, but the bot has not the scope personal',
  },
  'silent-bot': {
    change: ({ manifest }) => (manifest.bots[0].isNotificationOnly = true),
    says: 'bots[0].isNotificationOnly is set, but the bot lists commands',
  },
  https: {
    change: ({ manifest }) => (manifest.developer.termsOfUseUrl = 'http://partner.example/terms'),
    says: 'developer.termsOfUseUrl is not https: http://partner.example/terms',
  },
  'public-addresses': {
    change: ({ manifest }) => (manifest.developer.websiteUrl = 'https://localhost:3978/about'),
    says: 'developer.websiteUrl names a host that nobody else can reach: localhost',
  },
  'domains-are-hosts': {
    change: ({ manifest }) => manifest.validDomains.push('https://login.partner.example'),
    says: 'validDomains[1] must be a host without scheme and path, but is https://login.partner.example',
  },
  'own-domains': {
    change: ({ manifest }) => manifest.validDomains.push('*.azurewebsites.net'),
    says: 'validDomains[1] covers pages of other people: *.azurewebsites.net',
  },
  'pages-in-domains': {
    change: ({ manifest }) => {
      manifest.webApplicationInfo.resource = `api://botid-${appId}`;
      manifest.staticTabs[0].contentUrl = 'https://other.partner.example/web/desk';
    },
    says: 'staticTabs[0].contentUrl is on other.partner.example, which is not in validDomains',
  },
  'links-are-hosts': {
    change: ({ manifest }) =>
      manifest.composeExtensions[0].messageHandlers[0].value.domains.push('desk.partner.example/case'),
    says: 'messageHandlers cannot take links of desk.partner.example/case',
  },
  'links-in-domains': {
    change: ({ manifest }) =>
      manifest.composeExtensions[0].messageHandlers[0].value.domains.push('shop.partner.example'),
    says: 'messageHandlers takes links of shop.partner.example, which is not in validDomains',
  },
  'sign-in-resource': {
    change: ({ manifest }) => (manifest.webApplicationInfo.resource = `api://other.example/${appId}`),
    says: `webApplicationInfo.resource must be api://desk.partner.example/${appId}, but is api://other.example/${appId}`,
  },
  'sign-in-length': {
    change: ({ manifest }) => {
      const host = `${'a'.repeat(60)}.partner.example`;
      manifest.webApplicationInfo.resource = `api://${host}/${appId}`;
      manifest.validDomains.push(host);
      manifest.staticTabs[0].contentUrl = `https://${host}/web/desk`;
    },
    says: 'webApplicationInfo.resource has 119 characters; 100 are taken',
  },
  'tab-is-complete': {
    change: ({ manifest }) => manifest.staticTabs.push({ entityId: 'more', name: 'More', scopes: ['personal'] }),
    says: 'the tab more needs a name and a contentUrl',
  },
  'teams-own-tabs': {
    change: ({ manifest }) => (manifest.staticTabs[0].entityId = 'about'),
    says: "the tab about is Teams' own and cannot have a contentUrl",
  },
  'tabs-once': {
    change: ({ manifest }) => manifest.staticTabs.push({ ...manifest.staticTabs[0], name: 'Desk again' }),
    says: 'two tabs have the entityId desk',
  },
  'commands-in-scope': {
    change: ({ manifest }) => manifest.bots[0].commandLists[0].scopes.push('copilot'),
    says: 'commandLists has the scope copilot, which the bot has not',
  },
  'one-list-a-scope': {
    change: ({ manifest }) => (manifest.bots[0].commandLists[1].scopes = ['team', 'groupChat']),
    says: 'commandLists has two lists for the scope groupChat',
  },
  'commands-once': {
    change: ({ manifest }) => (manifest.bots[0].commandLists[2].commands[1].title = 'Buy'),
    says: 'the commands for groupChat have buy twice',
  },
  'commands-explained': {
    change: ({ manifest }) => (manifest.bots[0].commandLists[0].commands[11].description = ' '),
    says: 'the command help for personal needs a description',
  },
  'slash-needs-targeted': {
    change: ({ manifest }) => (manifest.bots[0].supportsTargetedMessages = false),
    says: 'bots[0].supportsTargetedMessages must be true, because a list of commands has the trigger slash',
  },
  'slash-in-shared-places': {
    change: ({ manifest }) => manifest.bots[0].commandLists[0].triggers.push('slash'),
    says: 'commandLists for personal cannot have the trigger slash',
  },
  'extension-commands-once': {
    change: ({ manifest }) => (manifest.composeExtensions[0].commands[4].id = 'keys'),
    says: 'composeExtensions has the command keys twice',
  },
  'search-has-parameter': {
    change: ({ manifest }) => manifest.composeExtensions[0].commands.push({ id: 'keysOf', title: 'Keys of' }),
    says: 'the search command keysOf needs a parameter',
  },
  'parameters-once': {
    change: ({ manifest }) => {
      const [command] = manifest.composeExtensions[0].commands;
      command.parameters.push({ name: 'search', title: 'Once more' });
    },
    says: 'the command orders has the parameter search twice',
  },
  'action-opens-something': {
    change: ({ manifest }) => (manifest.composeExtensions[0].commands[3].fetchTask = false),
    says: 'the action command keys needs fetchTask, taskInfo or parameters',
  },
  'slash-of-actions': {
    change: ({ manifest }) => (manifest.composeExtensions[0].commands[0].triggers = ['slash']),
    says: 'the search command orders cannot have the trigger slash',
  },
  'languages-once': {
    change: ({ manifest }) => (manifest.localizationInfo.defaultLanguageTag = 'PL'),
    says: 'localizationInfo has the language pl twice',
  },
  'languages-complete': {
    change: ({ polish }) => delete polish['name.full'],
    says: 'pl.json needs name.full',
  },
  'languages-translate-what-is-there': {
    change: ({ polish }) => (polish['staticTabs[1].name'] = 'Drugi'),
    says: 'pl.json translates staticTabs[1].name, which is not in the manifest',
  },
};

describe('what the upload refuses although the schema allows it', () => {
  it('is told by at least 25 rules, each with its reason and where its fact stands', () => {
    assert.ok(uploadRules.length >= 25, `${uploadRules.length} rules`);
    assert.equal(new Set(uploadRules.map(({ id }) => id)).size, uploadRules.length);
    for (const { id, what, why, source } of uploadRules) {
      assert.ok(what.length > 15 && why.length > 15, id);
      assert.match(source, /^docs\/teams\.md, "/, id);
    }
    assert.deepEqual(Object.keys(breaks).toSorted(), uploadRules.map(({ id }) => id).toSorted());
  });

  it('is nothing in the package as it is made, with pages or without', async () => {
    assert.deepEqual(ruleProblemsOf(await packageFiles()), []);
    assert.deepEqual(ruleProblemsOf(await packageFiles({})), []);
  });

  it('is told when the schema has nothing against the package', async () => {
    const change = breaks['channel-features']?.change ?? assert.fail();

    assert.deepEqual(await problemsOf(await broken(change)), [breaks['channel-features']?.says]);
  });

  for (const rule of uploadRules)
    it(`${rule.id}: ${rule.what}`, async () => {
      const example = breaks[rule.id] ?? assert.fail(`nothing breaks ${rule.id}`);

      assert.deepEqual(ruleProblemsOf(await broken(example.change)), [example.says]);
    });
});

function packageFiles({ publicUrl }: { publicUrl?: string } = { publicUrl: 'https://desk.partner.example' }) {
  const developer = {
    name: 'Partner',
    website: 'https://partner.example',
    privacy: 'https://partner.example/privacy',
    terms: 'https://partner.example/terms',
  };
  return buildPackage({ appId, version: '1.2.3', publicUrl, developer });
}

async function broken(change: (app: Broken) => unknown): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map(await packageFiles());
  const parse = (name: string) => JSON.parse(String(files.get(name)));
  const app: Broken = { manifest: parse('manifest.json'), polish: parse('pl.json'), files };
  change(app);
  files.set('manifest.json', Buffer.from(JSON.stringify(app.manifest)));
  files.set('pl.json', Buffer.from(JSON.stringify(app.polish)));
  return files;
}

/** A square of one colour. */
function png(size: number, pixel: readonly number[]): Buffer {
  const row = [0, ...Array.from({ length: size }, () => pixel).flat()];
  const pixels = deflateSync(Buffer.from(Array.from({ length: size }, () => row).flat()));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (type: string, content: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
