import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretFileNames, secretNames, variableNames } from '../src/config/schema.ts';
import { skip } from './support/skip.ts';

const folder = new URL('../deploy/', import.meta.url);
const infra = new URL('../infra/', import.meta.url);
const readInfra = (name: string): string => readFileSync(new URL(name, infra), 'utf8');
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

  it('reads what it says it reads on Azure, and each secret from the vault', () => {
    const app = readInfra('azure.bicep');
    const env = [...app.matchAll(/\{ name: '(\w+)', value: (.+) \}/g)].map(([, name = '', value = '']) => ({
      name,
      value,
    }));
    const known: readonly string[] = [...variableNames, ...secretFileNames];
    const files = env.flatMap(({ name, value }) =>
      name.endsWith('_FILE') ? [value.replace(/^'\/run\/secrets\/|'$/g, '')] : [],
    );
    const [, list = ''] = /var secretNames = \[([^\]]+)\]/.exec(app) ?? [];
    const mounted = [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
    const kept = [...app.matchAll(/'secrets' = \{\n\s+name: '([\w-]+)'/g)].map(([, name]) => name);

    assert.deepEqual(
      env.filter(({ name }) => !known.includes(name)),
      [],
    );
    assert.deepEqual(
      env.filter(({ name }) => secretNames.some((secret) => secret === name)),
      [],
    );
    assert.deepEqual(files.toSorted(), mounted);
    assert.deepEqual(kept.toSorted(), mounted);
  });

  it('is given every parameter on Azure, by a variable that a step or a person has set', () => {
    const steps = readFileSync(new URL('../m365agents.yml', import.meta.url), 'utf8');
    const byHand = readFileSync(new URL('../env/.env.azure', import.meta.url), 'utf8');
    const templates = ['azure', 'registry'].map((name) => {
      const { parameters } = JSON.parse(readInfra(`${name}.parameters.json`));
      return `${readInfra(`${name}.bicep`)}\n${JSON.stringify(parameters)}`;
    });
    const set = [
      ...[...byHand.matchAll(/^#? ?([A-Z_]+)=/gm), ...byHand.matchAll(/\b(SECRET_[A-Z_]+)\b/g)],
      ...[...templates.join('\n').matchAll(/^output ([A-Z_]+) /gm), ...steps.matchAll(/^ {6}\w+: ([A-Z_]+)$/gm)],
    ].map(([, name]) => name);
    const used = [...`${steps}${templates.join('')}`.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name]) => name);

    assert.deepEqual(
      [...new Set(used)].filter((name) => !set.includes(name)),
      [],
    );
    for (const [, path = ''] of steps.matchAll(/(?:path|parameters|--file) ?:? ?(\.?\/?(?:infra|deploy)\/\S+)/g))
      assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), path);
  });

  it('uses on Azure each parameter that it declares', () => {
    for (const name of globSync('**/*.bicep', { cwd: infra.pathname })) {
      const text = readInfra(name).replace(/^ *\/\/.*$/gm, '');
      for (const [, declared = ''] of text.matchAll(/^ *(?:param|var) (\w+)/gm))
        assert.ok(text.split(new RegExp(`\\b${declared}\\b`)).length > 2, `${name}: ${declared}`);
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

  it('is a unit that systemd takes, and that leaves the bot hardly any right', function () {
    const { stdout = '' } = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
    const [, version = '0'] = /^systemd (\d+)/.exec(stdout ?? '') ?? [];
    if (Number(version) < 250) skip(this, 'systemd 250 or newer is not installed (apt-get install systemd)');
    const own = mkdtempSync(join(tmpdir(), 'sd-unit-'));
    const unit = join(own, 'software-desk.service');
    // Where Node is differs; that it is there is asked for as well.
    writeFileSync(unit, read('software-desk.service').replace('/usr/bin/node', process.execPath));
    const verify = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    const rate = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit], {
      encoding: 'utf8',
    });
    rmSync(own, { recursive: true });

    // Units of this machine itself may be complained of.
    const complaints = verify.stderr.split('\n').filter((line) => line.includes('software-desk'));
    assert.deepEqual(complaints, []);
    assert.equal(rate.status, 0, rate.stdout || rate.stderr);
  });
});
