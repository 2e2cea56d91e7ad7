import { app, authentication, clipboard, DialogDimension, dialog, FrameContexts } from '@microsoft/teams-js';
import { element } from './dom.ts';
import type { Theme } from './teams-themes.ts';

/** Another page of ours, for a dialog; sizes are pixels or a part of the window. */
export interface DialogPage {
  readonly path: string;
  readonly title: string;
  readonly width: number | string;
  readonly height: number | string;
}

/** What a page is shown in: Teams (or another host of Microsoft 365), or a browser alone while developing. */
export interface Host {
  /** A language tag. */
  readonly locale: string;
  /** What the link that led here is about, as Teams hands it on: `case/SD-7K2M9Q`. */
  readonly subPage?: string | undefined;
  theme(): Theme;
  onTheme(listener: () => void): void;
  /** Who looks at it, as a token for our server; nothing in a browser alone. */
  token(): Promise<string | undefined>;
  /** The page has something to show: the host takes its own waiting picture away. */
  notifyReady(): void;
  openLink(url: string): void;
  /** Resolves once it is closed. `close`: what its button says, where the page draws the dialog itself. */
  openDialog(page: DialogPage, close: string): Promise<void>;
  /** Closes the dialog that shows this page; nothing where it is none. */
  closeDialog(): void;
  /** Puts a text on the clipboard; throws where that is refused. */
  copy(text: string): Promise<void>;
}

/** Addresses come from elsewhere: `javascript:` and the like are none. */
export function openLink(host: Pick<Host, 'openLink'>, address: string): void {
  if (URL.canParse(address) && new URL(address).protocol === 'https:') host.openLink(address);
}

/** Another frame around the page may not be Teams, and never answer. */
const answerWithinMs = 5_000;

export async function connectHost(): Promise<Host> {
  const isFramed = (window.parent !== window && !isOurs(window.parent)) || 'nativeInterface' in window;
  const isTeams = isFramed && (await isInTime(app.initialize()));
  return isTeams ? teamsHost(await app.getContext()) : browserHost();
}

/** One of our own pages shows this one in a dialog. */
function isOurs(parent: Window): boolean {
  try {
    return parent.location.origin === window.location.origin;
  } catch {
    return false;
  }
}

async function isInTime(work: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), answerWithinMs));
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]);
}

function teamsHost(context: app.Context): Host {
  let theme = themeOf(context.app.theme);
  const listeners: (() => void)[] = [];
  app.registerOnThemeChangeHandler((name) => {
    theme = themeOf(name);
    for (const listener of listeners) listener();
  });
  return {
    locale: context.app.locale,
    subPage: context.page.subPageId,
    theme: () => theme,
    onTheme: (listener) => void listeners.push(listener),
    token: () => authentication.getAuthToken(),
    notifyReady: () => app.notifySuccess(),
    openLink: (url) => void app.openLink(url),
    openDialog: ({ path, title, width, height }, close) =>
      dialog.url.isSupported()
        ? new Promise((resolve) =>
            dialog.url.open(
              {
                url: new URL(path, window.location.href).href,
                title,
                size: { width: sizeOf(width), height: sizeOf(height) },
              },
              () => resolve(),
            ),
          )
        : openOwnDialog({ path, title, width, height }, close),
    // What arrives at the bot is an action that asks for nothing but the end of the dialog.
    closeDialog() {
      if (context.page.frameContext === FrameContexts.task) dialog.url.submit({ do: 'hideSecret' });
    },
    copy: (text) =>
      clipboard.isSupported()
        ? clipboard.write(new Blob([text], { type: 'text/plain' }))
        : navigator.clipboard.writeText(text),
  };
}

function themeOf(name: string): Theme {
  if (name === 'contrast') return 'contrast';
  return name === 'dark' || name === 'glass' ? 'dark' : 'light';
}

function browserHost(): Host {
  const isForced = window.matchMedia('(forced-colors: active), (prefers-contrast: more)');
  const isDark = window.matchMedia('(prefers-color-scheme: dark)');
  return {
    locale: navigator.language,
    theme: () => (isForced.matches ? 'contrast' : isDark.matches ? 'dark' : 'light'),
    onTheme(listener) {
      isForced.addEventListener('change', listener);
      isDark.addEventListener('change', listener);
    },
    token: async () => undefined,
    notifyReady: () => undefined,
    openLink: (url) => void window.open(url, '_blank', 'noopener'),
    openDialog: openOwnDialog,
    closeDialog: () => undefined,
    copy: (text) => navigator.clipboard.writeText(text),
  };
}

function sizeOf(size: number | string): number | DialogDimension {
  const named = [DialogDimension.Small, DialogDimension.Medium, DialogDimension.Large];
  return typeof size === 'number' ? size : (named.find((one) => one === size) ?? DialogDimension.Medium);
}

/** Where the host opens none, over the page. */
function openOwnDialog({ path, title }: DialogPage, close: string): Promise<void> {
  const frame = element('iframe', { src: path, title });
  const button = element('button', { type: 'button' }, close);
  const shown = element('dialog', { 'aria-label': title }, frame, button);
  button.addEventListener('click', () => shown.close());
  document.body.append(shown);
  shown.showModal();
  return new Promise((resolve) => {
    shown.addEventListener('close', () => {
      shown.remove();
      resolve();
    });
  });
}
