import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

/**
 * A template of Azure as a tree. The grammar is `tree-sitter-bicep`'s; what stands in Microsoft's compiler beyond it (types of
 * properties, names of outputs of resources) is not known here.
 */
export interface Bicep {
  /** What is no Bicep, as `line: text`. */
  readonly faults: readonly string[];
  readonly parameters: ReadonlyMap<string, { readonly isSecret: boolean; readonly hasDefault: boolean }>;
  /** Of modules: the path and the names of the parameters that are handed over. */
  readonly modules: ReadonlyMap<string, { readonly path: string; readonly given: readonly string[] }>;
  /** By name: the type with its version; those within another one have that one's. */
  readonly resources: ReadonlyMap<string, { readonly type: string; readonly isWithin: boolean }>;
  /** By name: what it is made of, as text and by the names in it. */
  readonly outputs: ReadonlyMap<string, { readonly text: string; readonly names: readonly string[] }>;
  /** Everything that has a name, in the order of the file: each once. */
  readonly declared: readonly string[];
  /** The variables of loops. */
  readonly loops: readonly string[];
  /** Names in expressions, and what is called, each as `line: name`. */
  readonly used: ReadonlyMap<string, string>;
  /** `module.outputs.name` */
  readonly outputsTaken: readonly { readonly module: string; readonly output: string }[];
}

let parser: Promise<Parser> | undefined;

/** `path`: of the file; or the text of one. */
export async function readBicep(path: URL | string): Promise<Bicep> {
  parser ??= makeParser();
  const text = typeof path === 'string' ? path : readFileSync(path, 'utf8');
  const root = (await parser).parse(text)?.rootNode;
  if (!root) throw new Error('nothing was parsed');
  const nodes = [...walk(root)];
  const all = (type: string): readonly Node[] => nodes.filter((node) => node.type === type);

  const parameters = all('parameter_declaration').map((node) => [nameOf(node), node] as const);
  const used = new Map<string, string>();
  for (const node of nodes.filter(isUse)) used.set(node.text, at(node));
  return {
    faults: nodes.filter(({ isError, isMissing }) => isError || isMissing).map(at),
    parameters: new Map(
      parameters.map(([name, node]) => {
        const decorators = node.previousNamedSibling?.type === 'decorators' ? node.previousNamedSibling.text : '';
        return [name, { isSecret: decorators.includes('@secure()'), hasDefault: /^param \w+ \w+ =/.test(node.text) }];
      }),
    ),
    modules: new Map(
      all('module_declaration').map((node) => [nameOf(node), { path: stringOf(node), given: propertiesOf(node) }]),
    ),
    resources: new Map(
      all('resource_declaration').map((node) => [
        nameOf(node),
        { type: stringOf(node), isWithin: node.parent?.type === 'object_property' },
      ]),
    ),
    outputs: new Map(
      all('output_declaration').map((node) => [
        nameOf(node),
        { text: node.text, names: [...walk(node)].filter(isUse).map((one) => one.text) },
      ]),
    ),
    declared: nodes.filter(({ type }) => type.endsWith('_declaration') && type !== 'output_declaration').map(nameOf),
    loops: nodes.filter(isLoop).map(({ text: name }) => name),
    used,
    outputsTaken: [...text.matchAll(/\b(\w+)\.outputs\.(\w+)/g)].map(([, module = '', output = '']) => ({
      module,
      output,
    })),
  };
}

async function makeParser(): Promise<Parser> {
  await Parser.init();
  const grammar = import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const made = new Parser();
  made.setLanguage(await Language.load(fileURLToPath(grammar)));
  return made;
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) if (child) yield* walk(child);
}

const at = (node: Node): string => `${node.startPosition.row + 1}: ${node.text || node.type}`.slice(0, 80);
const nameOf = (node: Node): string => node.namedChildren.find((one) => one?.type === 'identifier')?.text ?? '';
const stringOf = (node: Node): string =>
  node.namedChildren.find((one) => one?.type === 'string')?.text.slice(1, -1) ?? '';

/** An identifier that stands for something else: not the name of what is declared, of a property, or of a loop. */
function isUse(node: Node): boolean {
  if (node.type !== 'identifier' || !node.parent) return false;
  if (node.parent.type.endsWith('_declaration')) return nameOf(node.parent) !== node.text || isDefault(node);
  if (isLoop(node)) return false;
  return node.parent.type !== 'object_property' || node.parent.namedChild(0)?.id !== node.id;
}

const isLoop = (node: Node): boolean =>
  node.type === 'identifier' && node.parent?.type === 'for_statement' && node.previousSibling?.type === 'for';
const isDefault = (node: Node): boolean => node.previousSibling?.type === '=';

/** What stands under `params` of a module. */
function propertiesOf(module: Node): readonly string[] {
  const params = [...walk(module)].find((node) => node.type === 'object_property' && nameOf(node) === 'params');
  const given = params?.namedChildren.find((one) => one?.type === 'object')?.namedChildren ?? [];
  return given.flatMap((one) => (one?.type === 'object_property' ? [nameOf(one)] : []));
}
