import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { type Bicep, readBicep } from './support/bicep.ts';

const folder = new URL('../infra/', import.meta.url);
const names = globSync('**/*.bicep', { cwd: folder.pathname });

/** Of Bicep itself: functions and decorators. */
const builtIn = new Set([
  ...['description', 'guid', 'json', 'maxLength', 'minLength', 'resourceGroup', 'secure', 'subscription'],
  ...['subscriptionResourceId', 'uriComponent'],
]);

/** What is wrong with a template, by its own words and those of the templates that it calls. */
function faultsOf(bicep: Bicep, called: (path: string) => Bicep | undefined): string[] {
  const { declared, loops, modules, outputs, outputsTaken, parameters, resources, used } = bicep;
  return [
    ...bicep.faults.map((fault) => `no Bicep: ${fault}`),
    ...declared.filter((name, index) => declared.indexOf(name) !== index).map((name) => `declared twice: ${name}`),
    ...[...used].flatMap(([name, where]) =>
      declared.includes(name) || builtIn.has(name) || loops.includes(name) ? [] : [`unknown: ${where}`],
    ),
    ...[...resources].flatMap(([name, { type, isWithin }]) =>
      (isWithin ? /^\w+$/ : /^Microsoft\.\w+(\/\w+)+@20\d\d-(0\d|1[0-2])-([0-2]\d|3[01])$/).test(type)
        ? []
        : [`no type with a version: ${name} ${type}`],
    ),
    ...[...modules].flatMap(([name, { path, given }]) => {
      const template = called(path);
      if (!template) return [`not there: ${path}`];
      const wanted = [...template.parameters].flatMap(([one, { hasDefault }]) => (hasDefault ? [] : [one]));
      return [
        ...wanted.filter((one) => !given.includes(one)).map((one) => `${name} is not given ${one}`),
        ...given.filter((one) => !template.parameters.has(one)).map((one) => `${name} has no ${one}`),
      ];
    }),
    ...outputsTaken.flatMap(({ module, output }) =>
      called(modules.get(module)?.path ?? '')?.outputs.has(output) ? [] : [`${module} has no output ${output}`],
    ),
    ...[...outputs].flatMap(([name, { text, names: made }]) =>
      made.some((one) => parameters.get(one)?.isSecret) || /\blist\w+\(/.test(text) ? [`a secret: ${name}`] : [],
    ),
    ...[...parameters].flatMap(([name, { isSecret }]) =>
      /password|secret|token|key/i.test(name) && !isSecret ? [`not secure: ${name}`] : [],
    ),
  ];
}

describe('the templates for Azure', () => {
  const templates = new Map<string, Bicep>();
  before(async () => {
    for (const name of names) templates.set(name, await readBicep(new URL(name, folder)));
  });

  it('are Bicep, and name only what is there', () => {
    assert.ok(templates.size >= 5);
    for (const [name, bicep] of templates)
      assert.deepEqual(
        faultsOf(bicep, (path) => templates.get(path)),
        [],
        name,
      );
  });

  it('are given each parameter that has no value of its own, and no other', () => {
    for (const file of globSync('*.parameters.json', { cwd: folder.pathname })) {
      const given = Object.keys(JSON.parse(readFileSync(new URL(file, folder), 'utf8')).parameters);
      const { parameters } = templates.get(file.replace('parameters.json', 'bicep')) ?? assert.fail(file);
      const wanted = [...parameters].flatMap(([name, { hasDefault }]) => (hasDefault ? [] : [name]));
      assert.deepEqual(given.toSorted(), wanted.toSorted(), file);
    }
  });

  it('would not pass with a fault in them', async () => {
    const inner = await readBicep('param host string\noutput id string = host\n');
    const faulty = await readBicep(`@secure()
param password string
param apiKey string
param apiKey string
resource server 'Microsoft.Sql/servers@latest' = {
  name: resourceBaseName
  resource own 'data-bases' = {
    name: 'x'
  }
}
module bot 'bot.bicep' = {
  name: 'bot'
  params: {
    port: bot.outputs.port
  }
}
module gone 'gone.bicep' = {
  name: 'gone'
}
output first string = '\${password}'
output second string = server.listKeys().one
var broken = [
`);
    const found = faultsOf(faulty, (path) => (path === 'bot.bicep' ? inner : undefined)).map((one) =>
      one.replace(/: \d+: .*/s, ''),
    );

    assert.deepEqual([...new Set(found)].sort(), [
      'a secret: first',
      'a secret: second',
      'bot has no output port',
      'bot has no port',
      'bot is not given host',
      'declared twice: apiKey',
      'no Bicep',
      'no type with a version: own data-bases',
      'no type with a version: server Microsoft.Sql/servers@latest',
      'not secure: apiKey',
      'not there: gone.bicep',
      'unknown',
    ]);
  });
});
