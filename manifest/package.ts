/** `npm run package`: makes the Teams app package that is uploaded in the Teams admin center. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage, problemsOf, problemsOfSettings, zip } from './app-package.ts';

const usage = `Makes the Teams app package: npm run package -- [options]

  --app-id GUID            the bot's app id (or MicrosoftAppId in the environment or in .env)
  --public-url URL         https address of the bot's web pages (or PUBLIC_URL); without it the package has no tab
  --developer-name NAME    shown to people as the publisher
  --website URL            about the app and its support
  --privacy URL            privacy statement
  --terms URL              terms of use
  --out FILE               where to write it (manifest/build/software-desk.zip)`;

// Good enough to look at the package and to check it; no bot answers under this id.
const developmentAppId = '00000000-0000-0000-0000-000000000001';
const withoutPublicUrl =
  'No PUBLIC_URL: the tab Desk, its sign-in, and cards for pasted links are left out, and no web dialog will open in Teams.';
const root = dirname(import.meta.dirname);

function readOptions() {
  const { values } = parseArgs({
    options: {
      'app-id': { type: 'string' },
      'public-url': { type: 'string' },
      'developer-name': { type: 'string', default: 'Your company' },
      website: { type: 'string', default: 'https://example.com/software-desk' },
      privacy: { type: 'string', default: 'https://example.com/software-desk/privacy' },
      terms: { type: 'string', default: 'https://example.com/software-desk/terms' },
      out: { type: 'string', default: join(root, 'manifest/build/software-desk.zip') },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function main(): Promise<number> {
  const values = readOptions();
  if (values.help) {
    console.log(usage);
    return 0;
  }

  const env = join(root, '.env');
  if (existsSync(env)) process.loadEnvFile(env);
  const appId = values['app-id'] || process.env.MicrosoftAppId || undefined;
  const publicUrl = values['public-url'] || process.env.PUBLIC_URL || undefined;
  const settings = { appId: appId ?? developmentAppId, publicUrl };
  const wrong = problemsOfSettings(settings);
  if (wrong.length > 0) return refuse(wrong);

  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const developer = {
    name: values['developer-name'],
    website: values.website,
    privacy: values.privacy,
    terms: values.terms,
  };
  const files = await buildPackage({ ...settings, version, developer });
  const problems = await problemsOf(files);
  if (problems.length > 0) return refuse(problems);

  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, await zip(files));
  console.log(`${relative(process.cwd(), values.out)}: ${[...files.keys()].join(', ')} (version ${version})`);
  if (appId === undefined) {
    console.log(`\nThis package is for looking at: it bears the development id ${developmentAppId}.`);
    console.log('Package again with the app id of your bot before you upload it: npm run package -- --app-id GUID');
  }
  if (publicUrl === undefined) {
    console.log(`\n${withoutPublicUrl}`);
  }
  if (Object.values(developer).some((value) => value.includes('example.com'))) {
    console.log('\nThe links to website, privacy statement and terms are examples: see npm run package -- --help');
  }
  return 0;
}

function refuse(problems: readonly string[]): number {
  console.error(['The package was not written:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = refuse([error instanceof Error ? error.message : String(error)]);
}
