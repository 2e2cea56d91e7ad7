import assert from 'node:assert/strict';
import { readOtherServer } from './settings.ts';

const complete = {
  PARTNER_CENTER_CONTRACT_URL: 'https://sandbox.example/',
  PARTNER_CENTER_TENANT_ID: 'tenant',
  PARTNER_CENTER_CLIENT_ID: 'client',
  PARTNER_CENTER_CLIENT_SECRET: 'secret',
  PARTNER_CENTER_REFRESH_TOKEN: 'token',
};

describe('the variables of the contract suite', () => {
  it('name the embedded simulator where there is no address, whatever else is set', () => {
    assert.equal(readOtherServer({ ...complete, PARTNER_CENTER_CONTRACT_URL: ' ' }), undefined);
  });

  it('name another server, at which nothing is written unless that is wanted', () => {
    const read = readOtherServer(complete);

    assert.equal(read?.url, 'https://sandbox.example');
    assert.equal(read?.mayWrite, false);
    assert.equal(read?.offers, undefined);
    assert.deepEqual(read?.credentials, {
      tenantId: 'tenant',
      clientId: 'client',
      clientSecret: 'secret',
      refreshToken: 'token',
      authority: 'https://login.microsoftonline.com',
    });
  });

  it('are all named at once where they are missing or wrong', () => {
    const wrong = {
      PARTNER_CENTER_CONTRACT_URL: 'sandbox',
      PARTNER_CENTER_CONTRACT_WRITES: 'yes',
      PARTNER_CENTER_CONTRACT_MODE: 'tomorrow',
    };

    assert.throws(
      () => readOtherServer(wrong),
      ({ message }: Error) =>
        [
          ...Object.keys(complete).filter((name) => name !== 'PARTNER_CENTER_CONTRACT_URL'),
          'PARTNER_CENTER_CONTRACT_URL is no address',
          'PARTNER_CENTER_CONTRACT_WRITES must be',
          'PARTNER_CENTER_CONTRACT_MODE must be',
        ].every((text) => message.includes(text)),
    );
  });

  it('say for whom may be bought, but on this machine', () => {
    const writing = { ...complete, PARTNER_CENTER_CONTRACT_WRITES: '1' };

    assert.throws(() => readOtherServer(writing), /PARTNER_CENTER_CONTRACT_CUSTOMER is missing/);
    assert.equal(readOtherServer({ ...writing, PARTNER_CENTER_CONTRACT_CUSTOMER: 'a.example' })?.customer, 'a.example');
    assert.equal(readOtherServer({ ...writing, PARTNER_CENTER_CONTRACT_URL: 'http://127.0.0.1:3979' })?.mayWrite, true);
  });

  it('tell what the server offers, where it is not to be asked', () => {
    const told = (mode: string) => readOtherServer({ ...complete, PARTNER_CENTER_CONTRACT_MODE: mode })?.offers;

    assert.deepEqual(told('today'), { tickets: false, keys: false });
    assert.deepEqual(told('extended'), { tickets: true, keys: true });
  });
});
