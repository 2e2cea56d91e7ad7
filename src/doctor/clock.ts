import type { SetupFinding } from '../domain/setup/setup-check.ts';
import type { Examined } from '../storage/examine.ts';
import { findingsOf } from './finding.ts';

const { problem, warning } = findingsOf('clock');
/** Microsoft tells its time in whole seconds, and an answer takes its own time. */
const warnMs = 30_000;
const tooMuchMs = 4 * 60_000;
const remedy = 'Let both machines take their time from the network (NTP).';

/** How far other clocks are from ours. `aheadMs`: Microsoft's less ours, once for each answer. */
export function examineClocks(aheadMs: readonly number[], database: Examined): SetupFinding[] {
  const [microsoft = 0] = aheadMs.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  return [
    ...judge('clock', "Microsoft's clock", microsoft),
    ...(database.kind === 'open' ? judge('database-clock', 'The clock of the database', database.facts.clockMs) : []),
  ];
}

/** Tokens are good a few minutes around their time; leases and deadlines are told by the database's clock. */
function judge(code: string, whose: string, aheadMs: number): SetupFinding[] {
  const off = Math.abs(aheadMs);
  if (off < warnMs) return [];
  const says = `${whose} is ${Math.round(off / 1000)} seconds ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's.`;
  return [(off < tooMuchMs ? warning : problem)(code, says, remedy)];
}
