import type { WebAnswer, WebRequest } from './http.ts';

/** What is at `PUBLIC_URL/case/…`, `/order/…` and `/customer/…`: the way to the tab. It says nothing of the record itself. */
export type Links = (request: Pick<WebRequest, 'path'>) => Promise<WebAnswer>;

/** Of the personal tab in the app's manifest. */
const tab = 'desk';

/** `appId`: absent while developing, where the tab is a page of its own. */
export function createLinks(appId: string | undefined): Links {
  return async ({ path }) => {
    const [, kind = '', id = ''] = /^\/(case|order|customer)\/([\w-]{1,80})\/?$/.exec(path) ?? [];
    if (id === '') return { status: 404 };
    return { status: 302, headers: { Location: addressOf(appId, kind, id) } };
  };
}

/** docs/teams.md, "Message extension". */
function addressOf(appId: string | undefined, kind: string, id: string): string {
  if (appId === undefined) return `/web/desk?${kind}=${id}`;
  const context = encodeURIComponent(JSON.stringify({ subEntityId: `${kind}/${id}` }));
  return `https://teams.microsoft.com/l/entity/${encodeURIComponent(appId)}/${tab}?context=${context}`;
}
