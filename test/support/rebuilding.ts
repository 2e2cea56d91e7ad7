/**
 * Where the books and the plain words are not checked yet, because the room is being rebuilt: beginnings of paths. Empty
 * when all rooms are done.
 */
export const beingRebuilt: readonly string[] = [
  'bench/',
  'docs/partner-center.md',
  'docs/policy.md',
  'docs/simulator.md',
  'docs/operations.md',
  'src/cli/',
  'src/config',
  'src/consent.ts',
  'src/directory/',
  'src/domain/',
  'src/log.ts',
  'src/main.ts',
  'src/microsoft/',
  'src/partner-center/',
  'src/policy-file.ts',
  'src/server',
  'src/simulator/',
  'src/storage/',
  'src/tracker.ts',
  'test/browser/',
  'test/consent.spec.ts',
  'test/config',
  'test/contract/',
  'test/conversations/',
  'test/directory/',
  'test/domain/',
  'test/partner-center/',
  'test/playground/',
  'test/server',
  'test/simulator/',
  'test/storage/',
  'test/support/',
];

export function isBeingRebuilt(file: string): boolean {
  return beingRebuilt.some((start) => file.startsWith(start));
}
