import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createGraphStaff, type GraphStaffOptions } from '../../src/directory/graph.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { type Answer, type Graph, type Person, type Seen, startGraph } from '../support/stub-graph.ts';

const admins = 'aaaaaaaa-0000-4000-8000-000000000001';
const sales = 'AAAAAAAA-0000-4000-8000-000000000002';
const anna = 'bbbbbbbb-0000-4000-8000-000000000001';
const boris = 'bbbbbbbb-0000-4000-8000-000000000002';

let graph: Graph;
let now: number;
let pauses: number[];
let lines: unknown[];

async function staffOf(
  answer: (request: Seen, count: number) => Answer,
  options: Partial<GraphStaffOptions> = {},
  signIn?: Answer,
  person?: Person,
) {
  graph = await startGraph(answer, signIn, person);
  now = Date.parse('2026-03-01T12:00:00Z');
  pauses = [];
  lines = [];
  const write = (facts: object, text: string) => {
    lines.push([facts, text]);
  };
  return createGraphStaff({
    graphUrl: graph.url,
    scope: 'https://graph.example/.default',
    authority: graph.url,
    tenantId: 'staff-tenant',
    clientId: 'the-client',
    clientSecret: 'the-secret',
    groups: { 'admin-agent': admins, 'sales-agent': sales },
    log: { debug: write, info: write, warn: write, error: write },
    timer: {
      now: () => now,
      pause: async (ms) => {
        pauses.push(ms);
        now += ms;
      },
    },
    ...options,
  });
}

function memberOf(...groups: readonly string[]): Answer {
  return { json: { '@odata.context': 'x', value: groups } };
}

function rolesUnknown(cause: string) {
  return (error: unknown) => {
    assert.ok(error instanceof Refusal);
    assert.deepEqual([error.code, error.facts], ['roles-unknown', { cause }]);
    return true;
  };
}

describe('roles from Graph', () => {
  afterEach(() => graph.close());

  it('are asked for as the application, by group id', async () => {
    const staff = await staffOf(() => memberOf(sales.toLowerCase()));

    assert.deepEqual(await staff.rolesOf(anna.toUpperCase()), ['sales-agent']);

    const [signIn] = graph.signIns;
    assert.equal(signIn?.url, '/staff-tenant/oauth2/v2.0/token');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(signIn?.text)), {
      grant_type: 'client_credentials',
      client_id: 'the-client',
      client_secret: 'the-secret',
      scope: 'https://graph.example/.default',
    });
    const [seen] = graph.requests;
    assert.equal(seen?.method, 'POST');
    assert.equal(seen?.url, `/v1.0/users/${anna}/checkMemberGroups`);
    assert.equal(seen?.headers.authorization, 'Bearer token-1');
    assert.deepEqual(JSON.parse(String(seen?.text)), { groupIds: [admins, sales.toLowerCase()] });
  });

  it('are all the roles whose group it is', async () => {
    const staff = await staffOf(() => memberOf(admins, 'somebody-elses'), {
      groups: { 'admin-agent': admins, 'global-admin': admins, 'sales-agent': sales },
    });

    assert.deepEqual(await staff.rolesOf(anna), ['admin-agent', 'global-admin']);
  });

  it('are kept for a minute, but never for keys', async () => {
    let groups: string[] = [admins];
    const staff = await staffOf(() => memberOf(...groups));

    await staff.rolesOf(anna);
    groups = [];
    now += 59_000;
    assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
    assert.deepEqual(await staff.rolesOf(anna, { fresh: true }), []);
    assert.deepEqual(await staff.rolesOf(anna), [], 'what was asked anew replaces what was kept');
    assert.equal(graph.requests.length, 2);

    now += 61_000;
    await staff.rolesOf(anna);
    assert.equal(graph.requests.length, 3);
    assert.equal(graph.signIns.length, 1);
  });

  it('are asked for once by lookups at the same time', async () => {
    const staff = await staffOf(() => memberOf(admins));

    await Promise.all(Array.from({ length: 5 }, () => staff.rolesOf(anna)).concat(staff.rolesOf(boris)));

    assert.equal(graph.requests.length, 2);
    assert.equal(graph.signIns.length, 1);
  });

  it('are asked for anew for a key, even while somebody asks already', async () => {
    const answered = Promise.withResolvers<void>();
    let groups = [admins];
    const staff = await staffOf((_, count) => ({
      ...memberOf(...groups),
      ...(count === 1 && { after: answered.promise }),
    }));
    const first = staff.rolesOf(anna, { fresh: true });
    while (graph.requests.length === 0) await new Promise(setImmediate);

    groups = [];
    const second = await staff.rolesOf(anna, { fresh: true });
    answered.resolve();

    assert.deepEqual([await first, second], [['admin-agent'], []]);
    assert.deepEqual(await staff.rolesOf(anna), [], 'the answer that was asked for last is kept');
  });

  it('come with the question whether the person is one of the staff, kept with the answer', async () => {
    const staff = await staffOf(() => memberOf(admins));

    await staff.rolesOf(anna);
    await staff.rolesOf(anna);

    assert.deepEqual(
      graph.people.map(({ method, url }) => [method, url]),
      [['GET', `/v1.0/users/${anna}?$select=id,userType,accountEnabled`]],
    );
  });

  const outsiders: readonly [string, object][] = [
    ['a guest', { userType: 'Guest', accountEnabled: true }],
    ['somebody whose account is disabled', { userType: 'Member', accountEnabled: false }],
  ];
  for (const [who, facts] of outsiders) {
    it(`are none for ${who}, whatever the groups`, async () => {
      const person: Person = (id) => ({ json: { id, ...facts } });
      const staff = await staffOf(() => memberOf(admins), {}, undefined, person);

      assert.deepEqual(await staff.rolesOf(anna), []);
      assert.deepEqual(await staff.rolesOf(anna, { fresh: true }), []);
    });
  }

  it('are none for somebody Graph does not know', async () => {
    const staff = await staffOf(() => ({ status: 404, json: { error: { code: 'Request_ResourceNotFound' } } }));

    assert.deepEqual(await staff.rolesOf(anna), []);
  });

  it('are none, without a question, for what is no object id', async () => {
    const staff = await staffOf(() => memberOf(admins));

    for (const id of ['', 'anna@partner.example', '../groups', `${anna}/x`]) {
      assert.deepEqual(await staff.rolesOf(id), []);
    }
    assert.equal(graph.requests.length, 0);
  });
});

describe('when Graph does not answer as needed, nobody has a role', () => {
  afterEach(() => graph.close());

  it('refused: names the permission', async () => {
    const staff = await staffOf(() => ({ status: 403 }));

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('graph 403'));
    assert.equal(graph.requests.length, 1);
    assert.match(inspect(lines), /GroupMember\.Read\.All/);
  });

  it('a token refused: one new one, then no', async () => {
    const staff = await staffOf(() => ({ status: 401 }));

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('graph 401'));
    assert.equal(graph.signIns.length, 2);
    assert.equal(graph.requests.length, 2);
  });

  it('the sign-in refused: says what to check, and nothing secret', async () => {
    const staff = await staffOf(() => memberOf(admins), {}, { status: 401, json: { error: 'invalid_client' } });

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('sign-in 401'));
    assert.equal(graph.signIns.length, 1);
    assert.match(inspect(lines), /MicrosoftAppPassword/);
    assert.ok(!inspect(lines).includes('the-secret'));
  });

  it('failing: one more try', async () => {
    const staff = await staffOf((_, count) => {
      return count === 1 ? { status: 503 } : memberOf(admins);
    });

    assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
    assert.deepEqual(pauses, [200]);
  });

  it('failing twice: no, and the next question is asked anew', async () => {
    let isAway = true;
    const staff = await staffOf(() => {
      return isAway ? { status: 500 } : memberOf(admins);
    });

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('graph 500'));
    isAway = false;
    assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
  });

  it('hanging: no, in time', async () => {
    const staff = await staffOf(() => ({ hang: true }), { timeoutMs: 250 });

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('timeout'));
    assert.equal(graph.requests.length, 1);
  });

  it('not there: no', async () => {
    const staff = await staffOf(() => ({}));
    await graph.close();

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('unreachable'));
  });

  const oddPeople: readonly [string, Answer, string][] = [
    ['of no type', { json: { id: anna, userType: null, accountEnabled: true } }, 'the account has no user type'],
    ['of an unknown type', { json: { id: anna, userType: 'Robot', accountEnabled: true } }, 'answer not understood'],
    ['of whom nothing is told', { json: { id: anna } }, 'answer not understood'],
    [
      'who is somebody else',
      { json: { id: boris, userType: 'Member', accountEnabled: true } },
      'answer not understood',
    ],
    ['who may not be asked about', { status: 403 }, 'graph 403'],
  ];
  for (const [what, answer, cause] of oddPeople) {
    it(`about a person ${what}: no`, async () => {
      const staff = await staffOf(
        () => memberOf(admins),
        {},
        undefined,
        () => answer,
      );

      await assert.rejects(staff.rolesOf(anna), rolesUnknown(cause));
    });
  }

  it('odd: no', async () => {
    const staff = await staffOf(() => ({ json: { value: 'all' } }));

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('answer not understood'));
  });

  it('throttling for a moment: waits', async () => {
    const staff = await staffOf((_, count) => {
      return count === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : memberOf(admins);
    });

    assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
    assert.deepEqual(pauses, [1_000]);
  });

  for (const status of [429, 503]) {
    it(`asking for a moment's patience (${status}): waits for as long as it says, in seconds or as a date`, async () => {
      const inTwoSeconds = () => ({
        Date: 'Sun, 01 Mar 2026 09:00:00 GMT',
        'Retry-After': 'Sun, 01 Mar 2026 09:00:02 GMT',
      });
      const inSeconds = () => ({ 'Retry-After': ' 2 ' });
      for (const headers of [inSeconds, inTwoSeconds]) {
        const staff = await staffOf((_, count) => (count === 1 ? { status, headers: headers() } : memberOf(admins)));

        assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
        assert.deepEqual(pauses, [2_000]);
        await graph.close();
      }
    });

    it(`asking for more patience than a person has (${status}): no at once, until that is over`, async () => {
      const later = { Date: 'Sun, 01 Mar 2026 09:00:00 GMT', 'Retry-After': 'Sun, 01 Mar 2026 09:00:30 GMT' };
      const staff = await staffOf((_, count) => (count === 1 ? { status, headers: later } : memberOf(admins)));

      await assert.rejects(staff.rolesOf(anna), rolesUnknown(`graph ${status}`));
      await assert.rejects(staff.rolesOf(boris), rolesUnknown('graph asked to wait'));
      assert.equal(graph.requests.length, 1);

      now += 30_000;
      assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
    });
  }

  it('asking for the patience of years: asks again after ten minutes all the same', async () => {
    const staff = await staffOf((_, count) =>
      count === 1 ? { status: 429, headers: { 'Retry-After': '999999999' } } : memberOf(admins),
    );
    await assert.rejects(staff.rolesOf(anna), rolesUnknown('graph 429'));

    now += 600_000;
    assert.deepEqual(await staff.rolesOf(anna), ['admin-agent']);
  });

  it('throttling for long: no at once, and nobody asks in the meantime', async () => {
    const staff = await staffOf(() => ({ status: 429, headers: { 'Retry-After': '30' } }));

    await assert.rejects(staff.rolesOf(anna), rolesUnknown('graph 429'));
    await assert.rejects(staff.rolesOf(boris), rolesUnknown('graph asked to wait'));
    assert.equal(graph.requests.length, 1);

    now += 31_000;
    await assert.rejects(staff.rolesOf(anna), rolesUnknown('graph 429'));
    assert.equal(graph.requests.length, 2);
  });
});

describe('the admin agents', () => {
  afterEach(() => graph.close());

  it('are the people in the group, however deep, page by page', async () => {
    const person = '#microsoft.graph.user';
    const staff = await staffOf(({ url }) => {
      if (url.includes('skiptoken')) return { json: { value: [{ id: boris, '@odata.type': person }, { id: anna }] } };
      return {
        json: {
          value: [
            { id: anna, '@odata.type': person },
            { id: 'a-group', '@odata.type': '#microsoft.graph.group' },
          ],
          '@odata.nextLink': `${graph.url}/v1.0/groups/${admins}/transitiveMembers?$select=id&$skiptoken=2`,
        },
      };
    });

    assert.deepEqual(await staff.adminAgents(), [anna, boris]);
    assert.equal(graph.requests[0]?.method, 'GET');
    assert.equal(graph.requests[0]?.url, `/v1.0/groups/${admins}/transitiveMembers?$select=id`);
  });

  it('are not asked for on another host', async () => {
    const staff = await staffOf(() => ({ json: { value: [], '@odata.nextLink': 'https://evil.example/v1.0/x' } }));

    await assert.rejects(staff.adminAgents(), rolesUnknown('next page on another host'));
  });

  it('are none without a group', async () => {
    const staff = await staffOf(() => ({}), { groups: {} });

    assert.deepEqual(await staff.adminAgents(), []);
    assert.deepEqual(await staff.rolesOf(anna), []);
    assert.equal(graph.requests.length, 0);
  });
});
