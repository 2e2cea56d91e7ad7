import type { AuditEntry, Decision } from './audit.ts';

/** What of the log is asked for, as it is typed in English behind the command. */
export type AuditSubject = keyof typeof subjects;

interface Entries {
  readonly kinds?: readonly AuditEntry['kind'][];
  readonly decisions?: readonly Decision['kind'][];
  /** Also looks that were refused because of their one-time token. */
  readonly withRefusedLooks?: boolean;
}

const subjects = {
  orders: { kinds: ['order'] },
  keys: { kinds: ['secret', 'outside'] },
  cancellations: { kinds: ['case'] },
  agreements: { kinds: ['agreement'] },
  exports: { kinds: ['export'] },
  reminders: { kinds: ['reminder'] },
  leaks: { kinds: ['leak'], decisions: ['refused-leak'] },
  refusals: {
    decisions: ['refused', 'refused-stranger', 'refused-amount', 'refused-often', 'refused-leak'],
    withRefusedLooks: true,
  },
  approvals: { decisions: ['approval'] },
  handovers: { decisions: ['handed-over', 'taken-over'] },
  'sign-ins': { decisions: ['signed-in'] },
  roles: { decisions: ['role-lost'] },
  policies: { decisions: ['policy'] },
} as const satisfies Record<string, Entries>;

/** Which entries belong to it. */
export function entriesOf(subject: AuditSubject): Entries {
  return subjects[subject];
}

export function isAuditSubject(text: string): text is AuditSubject {
  return Object.hasOwn(subjects, text);
}

export const auditSubjects: readonly AuditSubject[] = Object.keys(subjects).filter(isAuditSubject);
