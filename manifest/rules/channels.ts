import type { Manifest } from '../manifest.ts';
import type { UploadRule } from './rule.ts';

const source = 'docs/teams.md, "Scopes and channels of the package"';

export const channelsRules: readonly UploadRule[] = [
  {
    id: 'channel-features',
    what: 'An app for teams declares supportsChannelFeatures "tier1"',
    why: 'from manifest 1.25 on the upload refuses an app of scope team without it',
    source,
    sure: 'reported',
    check: ({ manifest }) =>
      scopesOf(manifest).has('team') && manifest.supportsChannelFeatures !== 'tier1'
        ? ['supportsChannelFeatures must be "tier1", because the app has the scope team']
        : [],
  },
  {
    id: 'install-scope',
    what: 'The default scope of the installation is one that the app has',
    why: 'the button Add would lead nowhere',
    source,
    sure: 'open',
    check: ({ manifest: { defaultInstallScope: scope, ...manifest } }) =>
      scope !== undefined && !scopesOf(manifest).has(scope)
        ? [`defaultInstallScope is ${scope}, but nothing in the app has that scope`]
        : [],
  },
  {
    id: 'group-capability',
    what: 'What a team or a group chat opens with is part of the app there',
    why: 'Teams would open something that is not there',
    source,
    sure: 'open',
    check: ({ manifest }) =>
      (['team', 'groupchat'] as const).flatMap((group) => {
        const capability = manifest.defaultGroupCapability?.[group];
        const scope = group === 'team' ? 'team' : 'groupChat';
        const isThere = {
          bot: manifest.bots?.some(({ scopes }) => scopes.includes(scope)),
          tab: [...(manifest.staticTabs ?? []), ...(manifest.configurableTabs ?? [])].some(({ scopes }) =>
            scopes.includes(scope),
          ),
        }[capability ?? ''];
        return capability !== undefined && isThere !== true
          ? [`defaultGroupCapability.${group} is ${capability}, but the app has none with the scope ${scope}`]
          : [];
      }),
  },
  {
    id: 'files-in-personal-chat',
    what: 'A bot that takes files is in the personal chat',
    why: 'files come to a bot nowhere else',
    source,
    sure: 'documented',
    check: ({ manifest: { bots = [] } }) =>
      bots.some(({ supportsFiles, scopes }) => supportsFiles && !scopes.includes('personal'))
        ? ['bots[0].supportsFiles is set, but the bot has not the scope personal']
        : [],
  },
  {
    id: 'silent-bot',
    what: 'A bot that only notifies has no commands',
    why: 'nobody can write to it',
    source,
    sure: 'open',
    check: ({ manifest: { bots = [] } }) =>
      bots.some(({ isNotificationOnly, commandLists = [] }) => isNotificationOnly && commandLists.length > 0)
        ? ['bots[0].isNotificationOnly is set, but the bot lists commands']
        : [],
  },
];

function scopesOf({ bots = [], staticTabs = [], configurableTabs = [] }: Partial<Manifest>): Set<string> {
  return new Set([...bots, ...staticTabs, ...configurableTabs].flatMap(({ scopes }) => scopes));
}
