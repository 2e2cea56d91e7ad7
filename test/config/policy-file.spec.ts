import assert from 'node:assert/strict';
import { readPolicy } from '../../src/config/policy-file.ts';
import { builtInPolicy } from '../../src/domain/policy.ts';

const read = (content: unknown) =>
  readPolicy('policy.json', () => (typeof content === 'string' ? content : JSON.stringify(content)));

const rows = [
  { kind: 'perpetual', from: '2021-06-01', days: 14, refund: 'full' },
  { kind: 'subscription', from: '2021-06-01', until: '2025-12-31', hours: 72, refund: 'prorated' },
];

describe('the policy file', () => {
  it('is not needed: there is a policy built in', () => {
    assert.equal(
      readPolicy(undefined, () => assert.fail('nothing is read')),
      builtInPolicy,
    );
  });

  it('changes what it names and leaves the rest', () => {
    assert.deepEqual(read({ alwaysTicket: true }), { ...builtInPolicy, alwaysTicket: true });
    assert.deepEqual(read({}), builtInPolicy);
  });

  it('can set everything', () => {
    const policy = {
      windows: rows,
      neverCancellable: ['SUSE'],
      salesMayConfirm: true,
      approvalLimits: { EUR: 5000, JPY: 1_000_000 },
      approvals: {
        orders: { EUR: 5000 },
        cancellations: { EUR: 1000 },
        revealsAnHour: 10,
        channel: '19:approvers@thread.tacv2',
        deputy: '11111111-1111-4111-8111-111111111111',
        remindMinutes: 30,
        expireHours: 8,
      },
      limits: { ...builtInPolicy.limits, reveals: { person: 5, everybody: 50 } },
      askBackMinutes: 5,
      askBackTimes: 20,
      askBackQuantity: 500,
      askBackTotals: { EUR: 20_000 },
      reminderHours: [48, 2],
      announceReveals: false,
      reviewReminders: false,
      auditDays: 730,
      alwaysTicket: true,
    };

    assert.deepEqual(read(policy), policy);
    assert.deepEqual(Object.keys(policy).toSorted(), Object.keys(builtInPolicy).toSorted());
  });

  it('may begin with the mark that some editors put there', () => {
    assert.equal(read(`\uFEFF{ "alwaysTicket": true }`).alwaysTicket, true);
  });

  const wrong: [string, unknown, RegExp][] = [
    ['a setting that there is not', { alwaysTickets: true }, /alwaysTickets/],
    ['a setting of another kind', { salesMayConfirm: 'yes' }, /salesMayConfirm: /],
    ['something else than settings', [1, 2], /the file: /],
    ['no windows', { windows: [] }, /windows: /],
    ['a window of no kind that we know', { windows: [{ ...rows[0], kind: 'rental' }] }, /windows\.0\.kind: /],
    ['a window with a misspelt entry', { windows: [{ ...rows[0], day: 5 }] }, /windows\.0: .*day/],
    ['a day that is none', { windows: [{ ...rows[0], from: '2021-02-30' }] }, /windows\.0\.from: must be a day/],
    [
      'neither days nor hours',
      { windows: [{ ...rows[0], days: undefined }] },
      /windows\.0: needs either days or hours/,
    ],
    ['days and hours', { windows: [rows[1], { ...rows[0], hours: 5 }] }, /windows\.1: needs either days or hours/],
    [
      'an end before the beginning',
      { windows: [{ ...rows[0], until: '2020-01-01' }] },
      /windows\.0: ends before it begins/,
    ],
    ['less than no days', { windows: [{ ...rows[0], days: -1 }] }, /windows\.0\.days: /],
    [
      'perpetual software to be refunded by the day',
      { windows: [{ ...rows[0], refund: 'prorated' }] },
      /windows\.0: .*no term/,
    ],
    [
      'two windows for one day',
      { windows: [rows[1], { ...rows[1], from: '2025-12-31', until: undefined }] },
      /windows\.1: .*overlaps/,
    ],
    [
      'an amount of no currency to be approved',
      { approvals: { orders: { euro: 5 } } },
      /approvals\.orders\.euro: .*currency/,
    ],
    [
      'a channel that is none',
      { approvals: { channel: 'General' } },
      /approvals\.channel: must be the id of a channel/,
    ],
    ['a deputy by name', { approvals: { deputy: 'Bert' } }, /approvals\.deputy: must be an object id/],
    ['a reminder after the end', { approvals: { remindMinutes: 90, expireHours: 1 } }, /approvals: reminds only after/],
    [
      'more for one person than for everybody',
      { limits: { searches: { person: 9, everybody: 5 } } },
      /limits\.searches: allows one person more/,
    ],
    ['a limit of no currency', { approvalLimits: { euro: 5 } }, /approvalLimits\.euro: .*currency code/],
    ['a limit below nothing', { approvalLimits: { EUR: -5 } }, /approvalLimits\.EUR: /],
    ['a reminder after the end', { reminderHours: [0] }, /reminderHours\.0: /],
    ['an empty publisher, which would fit everybody', { neverCancellable: [''] }, /neverCancellable\.0: /],
    ['a blank one', { neverCancellable: ['SUSE', ' '] }, /neverCancellable\.1: must name a publisher/],
    ['a limit of a misspelt currency', { approvalLimits: { ERU: 5 } }, /approvalLimits\.ERU: .*currency code/],
  ];
  for (const [what, content, problem] of wrong) {
    it(`is refused with its name and the entry: ${what}`, () => {
      assert.throws(
        () => read(content),
        (error) =>
          error instanceof Error &&
          /^POLICY_FILE policy\.json cannot be used:\n {2}- /.test(error.message) &&
          problem.test(error.message),
      );
    });
  }

  it('is refused with all its problems at once', () => {
    assert.throws(() => read({ salesMayConfirm: 1, alwaysTicket: 2 }), /salesMayConfirm: [\s\S]*alwaysTicket: /);
  });

  it('that is no JSON says so', () => {
    assert.throws(() => read('{ windows: }'), /POLICY_FILE policy\.json is not JSON: .*position 2/);
  });

  it('that is not there says so, with the reason behind', () => {
    const gone = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
    const reading = () =>
      readPolicy('nowhere.json', () => {
        throw gone;
      });

    assert.throws(
      reading,
      (error) =>
        error instanceof Error &&
        error.cause === gone &&
        /POLICY_FILE nowhere\.json cannot be read: ENOENT/.test(error.message),
    );
  });
});
