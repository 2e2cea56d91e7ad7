import assert from 'node:assert/strict';
import { Secret } from '../../src/domain/secret.ts';
import { isFileHost } from '../../src/files/file-hosts.ts';
import { createSentFiles } from '../../src/files/index.ts';

describe('where a file may lie', () => {
  for (const [address, isAllowed] of [
    ['https://partner-my.sharepoint.com/personal/ada/file?tempauth=x', true],
    ['https://partner.sharepoint.us/file', true],
    ['https://partner.sharepoint.cn/file', true],
    ['http://partner.sharepoint.com/file', false],
    ['https://partner.sharepoint.com:8443/file', false],
    ['https://ada:secret@partner.sharepoint.com/file', false],
    ['https://sharepoint.com/file', false],
    ['https://evilsharepoint.com/file', false],
    ['https://partner.sharepoint.com.evil.example/file', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://localhost/file', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ] as const)
    it(`is ${isAllowed ? 'there' : 'not there'}: ${address}`, () => {
      assert.equal(isFileHost(address, false), isAllowed);
    });

  it('is this machine only while developing', async () => {
    assert.equal(isFileHost('http://127.0.0.1:3000/file', true), true);
    const file = { name: 'contract.pdf', address: new Secret('http://127.0.0.1:3000/file') };
    await assert.rejects(createSentFiles({ isLoopbackAllowed: false }).load(file), { code: 'file-not-fetched' });
  });
});
