import assert from 'node:assert/strict';
import { createAllows } from '../../src/teams/hosts.ts';

const allows = createAllows(['smba.trafficmanager.net', '*.botframework.com', 'localhost', '127.0.0.1:4000', '[::1]']);

describe('hosts the bot may send to', () => {
  for (const url of [
    'https://smba.trafficmanager.net/emea/',
    'https://SMBA.trafficmanager.net:443/',
    'https://europe.botframework.com',
    'http://localhost:56150/_connector',
    'https://localhost:8443/',
    'http://127.0.0.1:4000/',
    'http://[::1]:99/',
  ]) {
    it(`allows ${url}`, () => assert.equal(allows(url), true));
  }

  for (const url of [
    'http://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:pass@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net/?to=x',
    'https://smba.trafficmanager.net/#x',
    'https://botframework.com/',
    'https://evilbotframework.com/',
    'http://127.0.0.1:4001/',
    'http://127.0.0.2:4000/',
    'ftp://localhost/',
    'not an address',
    '',
  ]) {
    it(`refuses ${url || 'nothing'}`, () => assert.equal(allows(url), false));
  }
});
