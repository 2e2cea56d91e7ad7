import assert from 'node:assert/strict';
import { variableNames } from '../../src/config/schema.ts';
import { findUnknownVariables } from '../../src/config/unknown-variables.ts';

const nearestTo = (name: string) => findUnknownVariables({ [name]: 'x' })[0]?.nearest;

describe('unknown variables', () => {
  const mistakes: [string, string][] = [
    ['TRACK_SECOND', 'TRACK_SECONDS'],
    ['TRACK_SECODNS', 'TRACK_SECONDS'],
    ['ADMIN_AGENT', 'ADMIN_AGENTS'],
    ['HELP_DESK_AGENTS', 'HELPDESK_AGENTS'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['PARTNER_CENTER_CLIENTID', 'PARTNER_CENTER_CLIENT_ID'],
    ['PARTNER_CENTRE_URL', 'PARTNER_CENTER_URL'],
    ['PARTNER_CENTER_SECRET', 'PARTNER_CENTER_CLIENT_SECRET'],
    ['PARTNER_CENTER_TOKEN', 'PARTNER_CENTER_REFRESH_TOKEN'],
    ['SIMULATOR_DELAY', 'SIMULATOR_DELAY_SECONDS'],
    ['KEY_REVEAL_SEC', 'KEY_REVEAL_SECONDS'],
    ['MicrosoftAppID', 'MicrosoftAppId'],
    ['MICROSOFT_APP_ID', 'MicrosoftAppId'],
    ['microsoftapptenantid', 'MicrosoftAppTenantId'],
    ['OAUTH_URL', 'OAuthUrl'],
    ['port', 'PORT'],
    ['Host', 'HOST'],
  ];
  for (const [name, nearest] of mistakes) {
    it(`are named with the right name: ${name}`, () => assert.equal(nearestTo(name), nearest));
  }

  it('are named whatever comes after a beginning that only we use', () => {
    for (const name of ['PARTNER_CENTER_PROXY', 'MicrosoftAppColour', 'SIMULATOR_X', 'ToBotFromMoon'])
      assert.ok(variableNames.some((known) => known === nearestTo(name)));
  });

  it('are not those of other programs', () => {
    const others =
      'PATH HOME USER HOSTNAME HOSTS HOSTTYPE PORTS PORT_NAME POST LANG NODE_ENV NO_COLOR DATABASE_NAME DATABASE_HOST ' +
      'DATA_HOME XDG_DATA_DIRS PUBLIC_KEY LOG_FILE METRICS_PORT ADMINS POLICY TRACK OAUTH_TOKEN npm_lifecycle_event ' +
      'TEAMSAPPTESTER_PORT M365_AGENTS_PLAYGROUND_CONFIG_PATH ComSpec SystemRoot KUBERNETES_SERVICE_HOST WEBSITE_HOSTNAME';

    assert.deepEqual(findUnknownVariables(Object.fromEntries(others.split(' ').map((name) => [name, 'x']))), []);
  });

  it('are not the known ones, nor what is left blank', () => {
    const all = Object.fromEntries(variableNames.map((name) => [name, 'x']));
    assert.deepEqual(findUnknownVariables({ ...all, TRACK_SECOND: ' ', ADMIN_AGENT: undefined }), []);
  });

  it('are not those whose value is there under the right name too, as on Windows', () => {
    assert.deepEqual(findUnknownVariables({ Port: '80', PORT: '80' }), []);
    assert.deepEqual(findUnknownVariables({ Port: '80', PORT: '81' }), [{ name: 'Port', nearest: 'PORT' }]);
  });
});
