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
  'src/directory/',
  'src/domain/',
  'src/log.ts',
  'src/main.ts',
  'src/microsoft/',
  'src/partner-center/',
  'src/server',
  'src/simulator/',
  'src/storage/',
  'test/browser/',
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
