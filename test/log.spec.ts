import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { OutsideError } from '../src/domain/errors.ts';
import { Secret } from '../src/domain/secret.ts';
import { createLog, readableLines } from '../src/log.ts';
import { readableLog } from './teams/parts.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
const key = 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD';

describe('log', () => {
  it('writes a fixed text and its facts', () => {
    const { log, text } = readableLog();

    log.child({ turnId: 't1' }).info({ orderId: 'o1' }, 'order placed');

    const { time, ...line } = JSON.parse(text());
    assert.ok(Date.parse(time));
    assert.deepEqual(line, { level: 'info', turnId: 't1', orderId: 'o1', msg: 'order placed' });
  });

  it('prints no secret, by whatever name or in whatever text it comes', () => {
    const { log, text } = readableLog();

    log.info({ authorization: jwt, headers: { Authorization: 'Bearer abc' }, productKey: key }, 'x');
    log.info({ deep: { list: [{ refresh_token: 'hush' }], password: 'hush' }, secret: new Secret('hush') }, 'x');
    log.warn({ url: 'https://x.example/file?sig=hush', database: 'postgres://desk:hush@db/x' }, `a ${jwt} and ${key}`);
    log.error(`Bearer hush ${key}`);

    assert.doesNotMatch(text(), /hush|abc|eyJ|SMPLE/);
    assert.match(text(), /https:\/\/x\.example\/file/);
  });

  it('prints errors with their causes, and no secret in them', () => {
    const { log, text } = readableLog();
    const cause = new Error(`GET https://x.example/download?token=hush gave ${key}`);
    const error = new OutsideError({
      service: 's',
      operation: 'getKey',
      kind: 'unexpected',
      status: 502,
      correlationId: 'c1',
      cause,
    });

    log.error({ err: error }, 'turn failed');
    log.error(new Error(`with ${key}`));

    assert.doesNotMatch(text(), /hush|SMPLE/);
    const { err } = JSON.parse(text().split('\n')[0] ?? '');
    assert.deepEqual([err.type, err.status, err.correlationId, err.cause.type], ['OutsideError', 502, 'c1', 'Error']);
    assert.match(err.stack, /log\.spec/);
  });

  it('survives what goes round in circles', () => {
    const { log, text } = readableLog();
    const circle: Record<string, unknown> = {};
    circle.self = circle;

    log.info({ circle }, 'x');

    assert.match(text(), /\[cut\]/);
  });

  it('is readable at a terminal: time, level, text and facts in a line, and no secret', () => {
    let text = '';
    const log = createLog(
      'info',
      readableLines((line) => {
        text += line;
      }),
    );

    log.info({ orderId: 'o1', productKey: key }, 'order placed');
    log.error({ err: new Error(`with ${key}`) }, 'turn failed');

    const [first = '', second = ''] = stripVTControlCharacters(text).split('\n');
    assert.match(first, /^\[\d\d:\d\d:\d\d\] INFO: order placed \{"orderId":"o1","productKey":"\[secret\]"\}$/);
    assert.match(second, /ERROR: turn failed/);
    assert.match(text, /log\.spec/);
    assert.doesNotMatch(text, /SMPLE/);
  });

  it('is JSON where the output is not a terminal', () => {
    const script =
      "const { createLog } = await import('./src/log.ts'); createLog('info').info({ orderId: 'o1' }, 'hi');";

    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: resolve(import.meta.dirname, '..'),
      encoding: 'utf8',
    });

    assert.equal(JSON.parse(stdout).orderId, 'o1');
  });

  it('says no more than its level', () => {
    const lines: string[] = [];
    createLog('warn', { write: (line) => void lines.push(line) }).info('quiet');
    assert.deepEqual(lines, []);
  });
});
