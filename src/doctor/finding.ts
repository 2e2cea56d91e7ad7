import type { SetupArea, SetupFinding } from '../domain/setup/setup-check.ts';

type Tell = (code: string, says: string, remedy: string) => SetupFinding;

/** What one area finds, in its words. */
export function findingsOf(area: SetupArea): {
  problem: Tell;
  warning: Tell;
  note(code: string, says: string): SetupFinding;
} {
  return {
    problem: (code, says, remedy) => ({ area, code, level: 'problem', says, remedy }),
    warning: (code, says, remedy) => ({ area, code, level: 'warning', says, remedy }),
    note: (code, says) => ({ area, code, level: 'note', says }),
  };
}
