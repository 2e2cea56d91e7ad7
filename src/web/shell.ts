import type { Language } from '../domain/people/languages.ts';
import { wordsFor } from '../words/index.ts';
import type { Assets } from './assets.ts';

/** Where Teams and Microsoft 365 show pages of apps. */
const hosts = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://teams.microsoft.us',
  'https://*.teams.microsoft.us',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.office365.com',
].join(' ');

/** The pages are shown inside Teams, and load nothing from anywhere else. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${hosts}`,
  ].join('; '),
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface Page {
  readonly title: string;
  readonly script: string;
}

/** The page before anybody has signed in: it holds nothing about anybody. */
export function pageHtml({ title, script }: Page, assets: Assets, language: Language): string {
  const { loading, notOpened, noScript } = wordsFor(language).web.page;
  const text = (given: string) => given.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets.pathOf('style.css')}">
<script type="module" src="${assets.pathOf(script)}"></script>
</head>
<body>
<main id="page" data-not-opened="${text(notOpened)}"><p role="status">${text(loading)}</p></main>
<noscript>${text(noScript)}</noscript>
</body>
</html>
`;
}
