import type { AuditEntry, AuditSubject, Decision } from './audit.ts';

interface Entries {
  readonly kinds?: readonly AuditEntry['kind'][];
  readonly decisions?: readonly Decision['kind'][];
  /** Also looks that were refused because of their one-time token. */
  readonly withRefusedLooks?: boolean;
}

const subjects: Readonly<Record<AuditSubject, Entries>> = {
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
};

/** Which entries belong to it. */
export function entriesOf(subject: AuditSubject): Entries {
  return subjects[subject];
}

export function isAuditSubject(text: string): text is AuditSubject {
  return Object.hasOwn(subjects, text);
}

export const auditSubjects: readonly AuditSubject[] = Object.keys(subjects).filter(isAuditSubject);
