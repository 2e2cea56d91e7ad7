import { isHostName, isOwnDomain, isPublicHost, urlsIn } from '../addresses.ts';
import { type Manifest, repeated } from '../manifest.ts';
import type { UploadRule } from './rule.ts';

const source = 'docs/teams.md, "Addresses in the package"';

export const addressesRules: readonly UploadRule[] = [
  {
    id: 'https',
    what: 'Every address is https',
    why: 'Teams opens no others, although the schema allows http',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      urlsIn(manifest).flatMap(({ path, url }) => (url.protocol === 'https:' ? [] : [`${path} is not https: ${url}`])),
  },
  {
    id: 'public-addresses',
    what: 'Every address has a host that can be reached from outside',
    why: 'people’s Teams opens it, not this machine',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      urlsIn(manifest).flatMap(({ path, url }) =>
        isPublicHost(url.hostname) ? [] : [`${path} names a host that nobody else can reach: ${url.hostname}`],
      ),
  },
  {
    id: 'domains-are-hosts',
    what: 'A valid domain is a host alone',
    why: 'one with https:// or a path is refused as an invalid value',
    source,
    sure: 'reported',
    check: ({ manifest: { validDomains = [] } }) =>
      validDomains.flatMap((domain, index) =>
        isHostName(domain) ? [] : [`validDomains[${index}] must be a host without scheme and path, but is ${domain}`],
      ),
  },
  {
    id: 'own-domains',
    what: 'A wildcard covers a domain of one’s own only',
    why: 'a domain on which everybody can host pages would let their pages into the app',
    source,
    sure: 'documented',
    check: ({ manifest: { validDomains = [] } }) =>
      validDomains.flatMap((domain, index) =>
        isOwnDomain(domain) ? [] : [`validDomains[${index}] covers pages of other people: ${domain}`],
      ),
  },
  {
    id: 'pages-in-domains',
    what: 'The pages of tabs are on a valid domain',
    why: 'Teams shows no page of another host',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      pagesOf(manifest).flatMap(({ path, url }) =>
        isCovered(manifest, url) ? [] : [`${path} is on ${hostOf(url)}, which is not in validDomains`],
      ),
  },
  {
    id: 'links-are-hosts',
    what: 'Links are handled of hosts, each without scheme and path',
    why: 'a link is recognised by its host; an address is refused',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      linkDomains(manifest).flatMap((domain) =>
        isHostName(domain) && isOwnDomain(domain) ? [] : [`messageHandlers cannot take links of ${domain}`],
      ),
  },
  {
    id: 'links-in-domains',
    what: 'Links are handled of valid domains only',
    why: 'what a link shows is a page of the app',
    source,
    sure: 'open',
    check: ({ manifest }) =>
      linkDomains(manifest)
        .filter((domain) => isHostName(domain) && !isCovered(manifest, `https://${domain}`))
        .map((domain) => `messageHandlers takes links of ${domain}, which is not in validDomains`),
  },
  {
    id: 'sign-in-resource',
    what: 'The resource of the sign-in is api://, the host of the pages, and the app id',
    why: 'Teams gives a token to no page of another host',
    source,
    sure: 'documented',
    check: ({ manifest }) => {
      const { id, resource = '' } = manifest.webApplicationInfo ?? {};
      const hosts = new Set(pagesOf(manifest).map(({ url }) => hostOf(url)));
      if (id === undefined) return [];
      const [, host] = /^api:\/\/([^/]+)\/([^/]+)$/.exec(resource) ?? [];
      const isFine = resource === `api://botid-${id}` || resource === `api://${host}/${id}`;
      const isOfPages = hosts.size === 0 || host === undefined || hosts.has(host);
      return isFine && isOfPages
        ? []
        : [`webApplicationInfo.resource must be api://${[...hosts][0] ?? 'your-host'}/${id}, but is ${resource}`];
    },
  },
  {
    id: 'sign-in-length',
    what: 'The resource of the sign-in has at most 100 characters',
    why: 'longer ones are refused, although the schema allows 2048',
    source,
    sure: 'documented',
    check: ({ manifest: { webApplicationInfo: { resource = '' } = {} } }) =>
      resource.length > 100 ? [`webApplicationInfo.resource has ${resource.length} characters; 100 are taken`] : [],
  },
  {
    id: 'tab-is-complete',
    what: 'A tab has a name and a page',
    why: 'the schema asks for neither, because Teams’ own tabs have none',
    source,
    sure: 'reported',
    check: ({ manifest: { staticTabs = [] } }) =>
      staticTabs
        .filter(({ entityId, name, contentUrl, contentBotId }) => {
          if (isTeamsOwn(entityId)) return false;
          return !name || (contentUrl === undefined && contentBotId === undefined);
        })
        .map(({ entityId }) => `the tab ${entityId} needs a name and a contentUrl`),
  },
  {
    id: 'teams-own-tabs',
    what: 'The tabs "conversations" and "about" have no page of their own',
    why: 'they are Teams’ own, named only to put them in order',
    source,
    sure: 'documented',
    check: ({ manifest: { staticTabs = [] } }) =>
      staticTabs
        .filter(({ entityId, contentUrl }) => isTeamsOwn(entityId) && contentUrl !== undefined)
        .map(({ entityId }) => `the tab ${entityId} is Teams' own and cannot have a contentUrl`),
  },
  {
    id: 'tabs-once',
    what: 'Each tab has an entityId of its own',
    why: 'links into a tab name it by that',
    source,
    sure: 'documented',
    check: ({ manifest: { staticTabs = [] } }) =>
      repeated(staticTabs.map(({ entityId }) => entityId)).map((id) => `two tabs have the entityId ${id}`),
  },
];

function linkDomains({ composeExtensions = [] }: Manifest): readonly string[] {
  return composeExtensions.flatMap(({ messageHandlers = [] }) =>
    messageHandlers.flatMap(({ value: { domains = [] } }) => domains),
  );
}

function pagesOf({
  staticTabs = [],
  configurableTabs = [],
}: Manifest): { readonly path: string; readonly url: string }[] {
  const staticPages = staticTabs.flatMap(({ contentUrl: url }, index) =>
    url === undefined ? [] : [{ path: `staticTabs[${index}].contentUrl`, url }],
  );
  const setUpPages = configurableTabs.map(({ configurationUrl: url }, index) => ({
    path: `configurableTabs[${index}].configurationUrl`,
    url,
  }));
  return [...staticPages, ...setUpPages];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function isCovered({ validDomains = [] }: Manifest, url: string): boolean {
  const host = hostOf(url).toLowerCase();
  return validDomains.some((domain) =>
    domain.startsWith('*.') ? host.endsWith(domain.slice(1).toLowerCase()) : host === domain.toLowerCase(),
  );
}

function isTeamsOwn(entityId: string): boolean {
  return entityId === 'conversations' || entityId === 'about';
}
