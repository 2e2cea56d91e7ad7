import type { AppPackage, Manifest } from '../manifest.ts';
import { readPng } from '../read-png.ts';
import type { UploadRule } from './rule.ts';

const source = 'docs/teams.md, "Icons and files of the package"';

export const filesRules: readonly UploadRule[] = [
  {
    id: 'files-are-there',
    what: 'Every file that the manifest names is in the package',
    why: 'the upload ends with "The file could not be found in the app package"',
    source,
    sure: 'reported',
    check: ({ manifest, files }) =>
      filesOf(manifest)
        .filter((name) => !files.has(name))
        .map((name) => `${name} is named in the manifest but is not in the package`),
  },
  {
    id: 'files-at-the-root',
    what: 'All files lie at the root of the zip',
    why: 'a manifest in a folder is not found',
    source,
    sure: 'reported',
    check: ({ files }) =>
      [...files.keys()].filter((name) => /[/\\]/.test(name)).map((name) => `${name} must lie at the root of the zip`),
  },
  {
    id: 'plain-json',
    what: 'Manifest and languages begin with a brace',
    why: 'with a byte order mark before it the upload cannot parse them',
    source,
    sure: 'reported',
    check: ({ files }) =>
      [...files]
        .filter(([name, content]) => name.endsWith('.json') && content.toString('utf8').charAt(0) !== '{')
        .map(([name]) => `${name} must begin with {, without a byte order mark`),
  },
  {
    id: 'color-icon',
    what: 'The colour icon is a PNG of 192 by 192 pixels',
    why: 'the schema cannot look into it',
    source,
    sure: 'reported',
    check: (app) => sizeProblem(app, app.manifest.icons.color, 192),
  },
  {
    id: 'outline-icon',
    what: 'The outline icon is a PNG of 32 by 32 pixels',
    why: 'the schema cannot look into it',
    source,
    sure: 'reported',
    check: (app) => sizeProblem(app, app.manifest.icons.outline, 32),
  },
  {
    id: 'outline-is-white',
    what: 'The outline icon is white on transparent, with no other colour',
    why: 'Teams draws it in the colours of its theme',
    source,
    sure: 'documented',
    check: ({ manifest: { icons }, files }) => {
      const file = files.get(icons.outline);
      const png = file && readPng(file);
      if (!png) return [];
      const isWhite = png.pixels.every(({ red, green, blue, alpha }) => alpha === 0 || red + green + blue === 3 * 255);
      const isClear = png.pixels.some(({ alpha }) => alpha === 0);
      return isWhite && isClear ? [] : [`${icons.outline} must be white on transparent, without another colour`];
    },
  },
];

function filesOf({ icons, localizationInfo }: Manifest): string[] {
  return [...Object.values(icons), ...(localizationInfo?.additionalLanguages ?? []).map(({ file }) => file)];
}

function sizeProblem({ files }: AppPackage, name: string, size: number): string[] {
  const file = files.get(name);
  if (!file) return [];
  const png = readPng(file);
  if (png?.width === size && png.height === size) return [];
  const is = png ? `is ${png.width} by ${png.height}` : 'is no PNG with 8 bits a channel and transparency';
  return [`${name} must be a PNG of ${size} by ${size} pixels, but ${is}`];
}
