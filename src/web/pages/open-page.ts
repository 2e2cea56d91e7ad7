import { type Api, ApiError, openApi } from './api.ts';
import { connectHost, type Host } from './host.ts';
import { followTheme } from './theme.ts';

export interface OpenedPage {
  readonly host: Host;
  readonly api: Api;
  readonly root: HTMLElement;
  /** Called when the theme has changed. */
  onTheme(redraw: () => void): void;
}

/** Finds the host, follows its theme and signs in; where that fails, says so in place of the page. */
export async function openPage(): Promise<OpenedPage | undefined> {
  const root = document.getElementById('page');
  if (!root) return undefined;
  const host = await connectHost();
  const redraws: (() => void)[] = [];
  followTheme(host, () => {
    for (const redraw of redraws) redraw();
  });
  try {
    const api = await openApi(host);
    document.documentElement.lang = api.language;
    root.replaceChildren();
    return { host, api, root, onTheme: (redraw) => void redraws.push(redraw) };
  } catch (error) {
    const said = document.createElement('p');
    said.role = 'alert';
    said.textContent = (error instanceof ApiError && error.text) || (root.dataset.notOpened ?? '');
    root.replaceChildren(said);
    host.notifyReady();
    return undefined;
  }
}
