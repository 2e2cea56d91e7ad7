import assert from 'node:assert/strict';
import { graphUrlFor } from '../../src/microsoft/clouds.ts';

describe('the address of Graph', () => {
  const clouds: readonly [string, string][] = [
    ['https://login.microsoftonline.com', 'https://graph.microsoft.com'],
    ['https://login.microsoftonline.us/', 'https://graph.microsoft.us'],
    ['https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
    ['https://login.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn'],
    ['https://sts.windows.net', 'https://graph.microsoft.com'],
  ];
  for (const [authority, graph] of clouds) {
    it(`of ${authority} is ${graph}`, () => {
      assert.equal(graphUrlFor(authority), graph);
    });
  }
});
