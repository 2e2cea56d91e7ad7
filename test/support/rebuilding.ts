/**
 * Where the books and the plain words are not checked yet, because the room is being rebuilt: beginnings of paths. Empty
 * when all rooms are done.
 */
export const beingRebuilt: readonly string[] = [
  'src/directory/',
  'src/microsoft/',
  'src/partner-center/',
  'test/directory/',
  'test/partner-center/',
  'docs/partner-center.md',
];

export function isBeingRebuilt(file: string): boolean {
  return beingRebuilt.some((start) => file.startsWith(start));
}
