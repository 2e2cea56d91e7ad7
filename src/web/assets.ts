import { join } from 'node:path';
import { build, stop } from 'esbuild';

/** A script or a style that a page loads: its name changes with its content, so browsers may keep it. */
export interface Asset {
  readonly content: Uint8Array;
  readonly type: string;
}

export interface Assets {
  readonly byPath: ReadonlyMap<string, Asset>;
  /** The address of a file of `pages/`, by its name there. */
  pathOf(file: string): string;
}

const folder = join(import.meta.dirname, 'pages');

/** Bundles what runs in the browser, in memory; there is nothing built that could be stale. */
export async function bundlePages(files: readonly string[]): Promise<Assets> {
  const { outputFiles, metafile } = await build({
    entryPoints: files.map((file) => join(folder, file)),
    absWorkingDir: folder,
    outdir: join(folder, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'silent',
    legalComments: 'none',
  });
  await stop();
  const pathOf = (output: string) => `/web/assets/${output.split('/').at(-1)}`;
  const byPath = new Map(
    outputFiles.map(({ path, contents }) => [
      pathOf(path),
      { content: contents, type: path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8' },
    ]),
  );
  const paths = new Map(
    Object.entries(metafile.outputs).flatMap(([output, { entryPoint }]) =>
      entryPoint ? [[entryPoint, pathOf(output)] as const] : [],
    ),
  );
  return {
    byPath,
    pathOf(file) {
      const path = paths.get(file);
      if (path === undefined) throw new Error(`no page was made of ${file}`);
      return path;
    },
  };
}
