import type { BrowserContext, Frame, Page } from 'playwright-core';

export type HostTheme = 'default' | 'dark' | 'contrast';

interface HostOptions {
  /** Of the page that is shown. */
  readonly url: string;
  /** What single sign-on gives; absent: the host refuses. */
  readonly token?: string;
  readonly theme?: HostTheme;
  /** The page is a dialog that a bot has opened. */
  readonly isDialog?: boolean;
  readonly width: number;
}

/** Teams around a page of ours: an outer page under Teams' own address that speaks the protocol of teams-js. */
export interface TeamsHost {
  readonly page: Page;
  readonly frame: Frame;
  /** The calls of the page, by their names, in order. */
  calls(): Promise<string[]>;
  changeTheme(theme: HostTheme): Promise<void>;
  /** What the page has put on the host's clipboard, as it was sent: in base 64. */
  copied(): Promise<string>;
}

const address = 'https://teams.microsoft.com/_stand-in';

/** Runs in the outer page: answers each call as Teams does, in the order of the answer's arguments. */
const script = `
  const { token, theme, url, isDialog } = options;
  const frameContext = isDialog ? 'task' : 'content';
  const calls = [];
  globalThis.calls = calls;
  const frame = document.querySelector('iframe');
  const supports = { dialog: { card: {}, url: {} }, pages: { appButton: {}, tabs: {}, config: {} }, clipboard: {}, teamsCore: {} };
  const runtime = { apiVersion: 4, isLegacyTeams: false, hostVersionsInfo: {}, supports };
  const answers = {
    initialize: () => [frameContext, 'web', JSON.stringify(runtime), '2.58.0'],
    getContext: () => [{ theme: globalThis.theme, locale: 'en-GB', hostName: 'Teams', frameContext, entityId: 'desk' }],
    'authentication.getAuthToken': () => token ? [true, token] : [false, 'CancelledByUser'],
    'clipboard.writeToClipboard': ([{ mimeType, content }]) => {
      globalThis.copied = content;
      return [null, mimeType === 'text/plain'];
    },
  };
  globalThis.theme = theme;
  globalThis.changeTheme = (changed) => {
    globalThis.theme = changed;
    frame.contentWindow.postMessage({ func: 'themeChange', args: [changed] }, new URL(url).origin);
  };
  addEventListener('message', ({ data, source, origin }) => {
    if (source !== frame.contentWindow || typeof data.func !== 'string') return;
    calls.push(data.func);
    const args = answers[data.func]?.(data.args);
    if (args) source.postMessage({ id: data.id, uuid: data.uuid, uuidAsString: data.uuidAsString, args }, origin);
  });
  frame.src = url;
`;

export async function openInTeams(context: BrowserContext, options: HostOptions): Promise<TeamsHost> {
  const { url, token, theme = 'default', isDialog = false, width } = options;
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 900 });
  const style = 'html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}';
  const settings = JSON.stringify({ url, token, theme, isDialog });
  const body = `<!doctype html><html lang="en"><head><title>Teams</title><style>${style}</style></head><body><iframe title="Desk" allow="clipboard-write"></iframe><script>const options = ${settings};${script}</script></body></html>`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(address);
  const handle = await page.waitForSelector('iframe');
  const frame = await handle.contentFrame();
  if (!frame) throw new Error('the page of ours is in no frame');
  return {
    page,
    frame,
    calls: () => page.evaluate('calls') as Promise<string[]>,
    changeTheme: (changed) => page.evaluate(`changeTheme('${changed}')`),
    copied: () => page.evaluate('globalThis.copied ?? ""') as Promise<string>,
  };
}
