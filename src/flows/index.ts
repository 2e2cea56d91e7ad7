import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { cancelFlow } from './cancel.ts';
import { cases } from './cases.ts';
import { daily } from './daily.ts';
import { doctor } from './doctor.ts';
import { drafts } from './drafts.ts';
import type { Flow } from './engine/flow.ts';
import { files } from './files.ts';
import { createHelp } from './help.ts';
import { type KeysRules, keysFlow } from './keys.ts';
import { language } from './language.ts';
import { leak } from './leak.ts';
import { myOrders } from './my-orders.ts';
import { purchase } from './purchase.ts';
import { remind } from './remind.ts';
import { orders, software } from './software.ts';

export { createAuditFileGiver } from './audit-file.ts';
export { titleIn } from './engine/languages.ts';
export { createRunner } from './engine/runner.ts';
export { withheldCard } from './engine/withheld.ts';
export { createExtension } from './extension.ts';
export { createNotifier } from './notices.ts';

interface FlowRules {
  readonly keys: Omit<KeysRules, 'hasPages'>;
  /** Dialogs can show pages of ours. */
  readonly hasPages: boolean;
}

/** Everything the bot can do; each is named after the command that begins it. */
export function createFlows({ keys, hasPages }: FlowRules): Flow[] {
  const jobs = [
    purchase,
    software,
    orders,
    myOrders,
    keysFlow({ ...keys, hasPages }),
    leak,
    cancelFlow(hasPages),
    cases,
    drafts,
    files,
    remind,
    approvals,
    daily,
    audit,
    doctor,
    language,
  ];
  return [...jobs, ...createHelp(jobs)];
}
