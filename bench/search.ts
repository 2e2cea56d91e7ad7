/**
 * How long does a search while typing take, among 100,000 editions of products and 50,000 customers that are known? Types
 * names letter by letter, as a person does, and prints what half and 99 of 100 of the searches took.
 *
 *   npm run bench:search -- --skus 100000 --customers 50000
 */
import { parseArgs } from 'node:util';
import { createWordSearch, putAll } from '../src/domain/search/word-search.ts';
import { productWords } from '../src/words/product-words.ts';

const { values } = parseArgs({
  options: { skus: { type: 'string', default: '100000' }, customers: { type: 'string', default: '50000' } },
});

const families = [
  'Windows Server',
  'SQL Server',
  'Office LTSC',
  'Visio LTSC',
  'Exchange Server',
  'Red Hat Enterprise Linux',
];
const editions = ['Standard', 'Datacenter', 'Professional Plus', 'Enterprise', 'Web', 'Essentials'];
const packs = ['16 Core License Pack', '2 Core License Pack', '1 Device CAL', '1 User CAL', '3 Year Subscription'];
const names = [
  'Contoso',
  'Fabrikam',
  'Northwind',
  'Zakłady Żółw',
  'Müller & Söhne',
  'Société Générale',
  'Adventure Works',
];
const forms = ['Ltd', 'GmbH', 'Sp. z o.o.', 'SA', 'Inc.', 'Holding', 'Services'];

const pick = (from: readonly string[], number: number): string => from[number % from.length] ?? '';

const titles = Array.from({ length: Number(values.skus) }, (_, at) => {
  const [family, edition] = [pick(families, at), pick(editions, at >> 3)];
  return `${family} ${2000 + (at % 27)} ${edition} - ${pick(packs, at >> 5)} ${at.toString(36).toUpperCase()}`;
});
const customers = Array.from(
  { length: Number(values.customers) },
  (_, at) => `${pick(names, at)} ${pick(forms, at >> 2)} ${at} contoso${at}.onmicrosoft.com`,
);

const typed = {
  product: [
    'windows server 2025 datacenter 16 core',
    'ws2025 std',
    'sql ent',
    'visio',
    'licence cal user',
    'rhel 3 year',
  ],
  customer: ['contoso ltd 4711', 'zaklady zolw', 'müller', 'adventure works holding', 'onmicrosoft 999', 'nobody here'],
};

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Each beginning of each text, many times over. */
function measure(find: (text: string) => unknown, texts: readonly string[]) {
  const took: number[] = [];
  const cpuBegun = cpuMs();
  for (let round = 0; round < 20; round += 1)
    for (const text of texts)
      for (let length = 1; length <= text.length; length += 1) {
        const begun = performance.now();
        find(text.slice(0, length));
        took.push(performance.now() - begun);
      }
  const cpu = (cpuMs() - cpuBegun) / took.length;
  took.sort((one, other) => one - other);
  const at = (share: number) => took[Math.floor(took.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), cpu };
}

async function run(what: keyof typeof typed, texts: readonly string[]): Promise<void> {
  const search = createWordSearch<string>({ textOf: (text) => text, most: texts.length });
  const begun = performance.now();
  await putAll(search, texts, (text) => text);
  const builtMs = performance.now() - begun;
  const { p50, p99, cpu } = measure((text) => search.find(productWords(text), 15), typed[what]);
  console.log(
    `${what}: ${texts.length} known, read in ${builtMs.toFixed(0)} ms; p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, CPU ${cpu.toFixed(2)} ms each`,
  );
}

await run('product', titles);
await run('customer', customers);
