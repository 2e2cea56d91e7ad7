import assert from 'node:assert/strict';
import { createConnectorToken, type Registration } from '../../src/teams/credentials.ts';
import { readableLog } from './parts.ts';

const bot: Registration = {
  mode: 'registered',
  appId: '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4',
  appType: 'SingleTenant',
  appPassword: 'the password',
  appTenantId: '3f6c1a52-8d0b-4f7e-9c21-5ab0e4d7c110',
};

/** Credentials that keep a failure and answer with it from then on, as the SDK's do for a minute. */
function credentialsOf(answers: (() => Promise<string>)[]) {
  const asked: boolean[] = [];
  return {
    asked,
    make: async () => {
      let kept: Promise<string> | undefined;
      return {
        getToken(fresh: boolean) {
          if (kept) return kept;
          asked.push(fresh);
          const answer = (answers.shift() ?? (() => Promise.resolve('a token')))();
          answer.catch(() => {
            kept = answer;
          });
          return answer;
        },
      };
    },
  };
}

describe("the bot's own token", () => {
  const away = () => Promise.reject(new Error('503: the service is unavailable\nwith the whole request below'));

  it('is asked for again at once after a failure that the SDK would keep', async () => {
    const { make } = credentialsOf([away]);
    const token = createConnectorToken(bot, { log: readableLog().log, makeCredentials: make });

    await assert.rejects(token());
    assert.equal(await token(), 'a token');
  });

  it('is asked for once by several who need it at the same time', async () => {
    const { make, asked } = credentialsOf([]);
    const token = createConnectorToken(bot, { log: readableLog().log, makeCredentials: make });

    assert.deepEqual(await Promise.all([token(), token()]), ['a token', 'a token']);
    assert.deepEqual(asked, [false]);
  });

  it('is not waited for without end, and asked for anew afterwards', async () => {
    const { make } = credentialsOf([() => new Promise(() => undefined)]);
    const token = createConnectorToken(bot, { log: readableLog().log, makeCredentials: make, timeoutMs: 10 });

    await assert.rejects(token());
    assert.equal(await token(), 'a token');
  });

  it('is told of in the log once while it cannot be had, with the address and the first line, and when it can again', async () => {
    const { log, text } = readableLog();
    const { make } = credentialsOf([away, away]);
    const token = createConnectorToken(bot, { log, makeCredentials: make });

    await assert.rejects(token());
    await assert.rejects(token());
    await token();

    const lines = text().trim().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /gives no token.*|login\.microsoftonline\.com/);
    assert.match(lines[0] ?? '', /503: the service is unavailable/);
    assert.match(lines[0] ?? '', /login\.microsoftonline\.com/);
    assert.doesNotMatch(lines[0] ?? '', /whole request/);
    assert.match(lines[1] ?? '', /gives tokens again/);
  });
});
