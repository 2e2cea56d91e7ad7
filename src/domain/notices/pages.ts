/** So many rows are read at a time of what closes soon. */
export const pageSize = 500;

/** Reads page after page: `read` gives at most `pageSize` of those that come after the last one of the page before. */
export async function* pagesOf<T>(read: (past?: T) => Promise<readonly T[]>): AsyncGenerator<readonly T[]> {
  let page = await read();
  while (page.length > 0) {
    yield page;
    if (page.length < pageSize) return;
    page = await read(page.at(-1));
  }
}
