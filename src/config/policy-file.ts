import { z } from 'zod';
import { builtInPolicy, type Policy } from '../domain/policy.ts';

const day = z.iso.date('must be a day, such as 2021-06-01');

const window = z
  .strictObject({
    kind: z.enum(['perpetual', 'subscription']),
    from: day,
    until: day.optional(),
    days: z.number().int().min(0).max(3650).optional(),
    hours: z.number().int().min(0).max(87_600).optional(),
    refund: z.enum(['full', 'prorated']),
  })
  .refine(({ days, hours }) => (days === undefined) !== (hours === undefined), 'needs either days or hours')
  .refine(({ from, until }) => until === undefined || from <= until, 'ends before it begins')
  .refine(
    ({ kind, refund }) => kind === 'subscription' || refund === 'full',
    'perpetual software has no term to prorate',
  );

type Row = z.infer<typeof window>;

/** Two rows for one day: which of them counts would depend on their order. */
const windows = z
  .array(window)
  .min(1)
  .superRefine((rows, context) => {
    for (const [index, row] of rows.entries()) {
      const other = rows.slice(0, index).findIndex((earlier) => doOverlap(earlier, row));
      if (other >= 0) context.addIssue({ code: 'custom', path: [index], message: `overlaps with windows.${other}` });
    }
  });

function doOverlap(a: Row, b: Row): boolean {
  const end = (row: Row): string => row.until ?? '9999-12-31';
  return a.kind === b.kind && a.from <= end(b) && b.from <= end(a);
}

/** Half a name is enough to fit; a blank or a letter would fit everybody. */
const publisher = z.string().trim().min(2, 'must name a publisher');

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Whole units by currency code. */
const limits = z.record(
  z.string().refine((code) => currencies.has(code), 'must be a currency code, such as EUR'),
  z.number().int().min(0),
);

const { remindMinutes, expireHours } = builtInPolicy.approvals;

const approvals = z
  .strictObject({
    orders: limits.default({}),
    cancellations: limits.default({}),
    revealsAnHour: z.number().int().min(1).max(1000).optional(),
    channel: z
      .string()
      .regex(/^19:\S+@thread\.\S+$/, 'must be the id of a channel, such as 19:…@thread.tacv2')
      .optional(),
    deputy: z.guid('must be an object id').toLowerCase().optional(),
    remindMinutes: z.number().int().min(1).max(10_080).default(remindMinutes),
    expireHours: z.number().int().min(1).max(720).default(expireHours),
  })
  .refine((one) => one.remindMinutes < one.expireHours * 60, 'reminds only after it has expired');

const limit = z
  .strictObject({ person: z.number().int().min(1), everybody: z.number().int().min(1) })
  .refine(({ person, everybody }) => person <= everybody, 'allows one person more than everybody together');

const { limits: most } = builtInPolicy;
const usage = z.strictObject({
  reveals: limit.default(most.reveals),
  exports: limit.default(most.exports),
  drafts: limit.default(most.drafts),
  searches: limit.default(most.searches),
  unknownOrders: limit.default(most.unknownOrders),
  pages: limit.default(most.pages),
});

const policy = z.strictObject({
  windows: windows.optional(),
  neverCancellable: z.array(publisher).optional(),
  salesMayConfirm: z.boolean().optional(),
  approvalLimits: limits.optional(),
  approvals: approvals.optional(),
  limits: usage.optional(),
  askBackMinutes: z.number().int().min(0).max(1440).optional(),
  askBackTimes: z.number().min(2).optional(),
  askBackQuantity: z.number().int().min(1).optional(),
  askBackTotals: limits.optional(),
  reminderHours: z.array(z.number().int().min(1).max(8760)).optional(),
  announceReveals: z.boolean().optional(),
  reviewReminders: z.boolean().optional(),
  // A quarter that is to be reviewed is still there.
  auditDays: z.number().int().min(184).max(36_500).optional(),
  alwaysTicket: z.boolean().optional(),
});

/** The policy in the file, over the built-in one; throws an error that names the entry. `undefined` = built in. */
export function readPolicy(path: string | undefined, readText: (path: string) => string): Policy {
  if (path === undefined) return builtInPolicy;
  const parsed = policy.safeParse(parseJson(path, readText));
  if (parsed.success) {
    const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
    return { ...builtInPolicy, ...Object.fromEntries(given) };
  }
  const problems = parsed.error.issues.map((issue) => `  - ${issue.path.join('.') || 'the file'}: ${messageOf(issue)}`);
  throw new Error(`POLICY_FILE ${path} cannot be used:\n${problems.join('\n')}`);
}

/** Of a key that is wrong zod tells the reason one level down. */
function messageOf(issue: z.core.$ZodIssue): string {
  const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
  return inner?.message ?? issue.message;
}

function parseJson(path: string, readText: (path: string) => string): unknown {
  let text: string;
  try {
    text = readText(path);
  } catch (cause) {
    throw new Error(`POLICY_FILE ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new Error(`POLICY_FILE ${path} is not JSON: ${reasonOf(cause)}`, { cause });
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What is wrong with the file, in one sentence; nothing where it can be used. */
export function policyProblem(path: string, readText: (path: string) => string): string | undefined {
  try {
    readPolicy(path, readText);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
