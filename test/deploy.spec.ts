import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { secretFileNames, variableNames } from '../src/config/schema.ts';

const folder = new URL('../deploy/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

describe('what the product is installed with', () => {
  it('sets variables that the product reads, and no others', () => {
    const ofOthers = /^(DESK_HOST|NODE_ENV|POSTGRES_(USER|DB|PASSWORD_FILE))$/;
    const known: readonly string[] = [...variableNames, ...secretFileNames];
    const files = readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []));
    for (const name of files) {
      // As `NAME: value`, `NAME=value` and `${NAME:?…}` are written.
      const named = read(name).matchAll(/(?:^|[\s{])([A-Z][A-Za-z]*(?:_[A-Z]+)+)(?=[:=])/gm);
      const unknown = [...named].flatMap(([, one = '']) => (known.includes(one) || ofOthers.test(one) ? [] : [one]));
      assert.deepEqual(unknown, [], name);
    }
  });

  it('hands over each secret that is declared, and declares each that is handed over', () => {
    const compose = read('compose.yaml');
    const used = [...compose.matchAll(/\/run\/secrets\/([\w-]+)/g)].map(([, name]) => name);
    const listed = [...compose.matchAll(/secrets: \[(.+)\]/g)].flatMap(([, names = '']) => names.split(', '));
    const declared = [...compose.matchAll(/file: secrets\/([\w-]+)/g)].map(([, name]) => name);

    assert.deepEqual([...new Set(used)].sort(), declared.toSorted());
    assert.deepEqual([...new Set(listed)].sort(), declared.toSorted());

    const unit = read('software-desk.service');
    const loaded = [...unit.matchAll(/LoadCredential=([\w-]+):/g)].map(([, name]) => name);
    const passed = [...unit.matchAll(/%d\/([\w-]+)/g)].map(([, name]) => name);
    assert.deepEqual(passed.sort(), loaded.sort());
  });

  it('starts what `npm start` starts', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const [, ...args] = String(scripts.start).split(' ');

    assert.ok(read('Dockerfile').includes(`CMD ["node", ${args.map((arg) => `"${arg}"`).join(', ')}]`));
    assert.ok(read('software-desk.service').includes(`ExecStart=/usr/bin/node ${args.join(' ')}`));
  });
});
