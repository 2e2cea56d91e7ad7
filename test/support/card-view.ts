/** A card as a person reads it: its texts and then its badges, its inputs by label, its buttons by title. */
export interface CardView {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly inputs: readonly InputView[];
  readonly json: Record<string, unknown>;
  button(title: string): Record<string, unknown>;
  input(label: string): InputView;
}

export interface InputView {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly value: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly isMultiple: boolean;
  /** Where its choices are searched while somebody types; else all of them are there. */
  readonly dataset?: string;
}

type Json = Record<string, unknown>;

export function viewOf(card: Json): CardView {
  const inputs: InputView[] = [];
  const texts: string[] = [];
  const badges: string[] = [];
  const buttons: Json[] = [];
  walk(card, (node) => {
    const type = typeof node.type === 'string' ? node.type : '';
    if (type.startsWith('Input.')) inputs.push(inputOf(node, type));
    if (type.startsWith('Action.')) buttons.push(node);
    if (type === 'Badge') badges.push(String(node.text));
    if (type === 'TextBlock' || type === 'TextRun') texts.push(String(node.text));
    if (type === 'FactSet')
      for (const fact of node.facts as { title: string; value: string }[]) texts.push(`${fact.title}: ${fact.value}`);
  });
  return {
    text: [...texts, ...badges].join('\n').replaceAll('\\', ''),
    buttons: buttons.map((one) => String(one.title)),
    inputs,
    json: card,
    button(title) {
      const found = buttons.find((one) => String(one.title).startsWith(title));
      if (!found)
        throw new Error(
          `no button ${title}; there are: ${buttons.map((one) => one.title).join(', ')}\n${texts.join('\n')}`,
        );
      return found;
    },
    input(label) {
      const found = inputs.find((one) => one.label === label);
      if (!found)
        throw new Error(
          `no input ${label}; there are: ${inputs.map((one) => one.label).join(', ')}\n${texts.join('\n')}`,
        );
      return found;
    },
  };
}

/** The row of a list in which this text stands, with its own buttons. */
export function rowOf({ json }: CardView, text: string): CardView {
  const rows: CardView[] = [];
  walk(json, (node) => {
    if (node.type === 'Container' && node.separator === true) rows.push(viewOf(node));
  });
  const found = rows.find((row) => row.text.includes(text));
  if (!found) throw new Error(`no row says ${text}:\n${rows.map((row) => row.text).join('\n\n')}`);
  return found;
}

/** What the client sends with a button: what is in the inputs already, and what the person changed. */
export function filledIn(view: CardView, values: Readonly<Record<string, string>>): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const input of view.inputs) if (input.value !== '') filled[input.id] = input.value;
  for (const [label, value] of Object.entries(values)) {
    const input = view.input(label);
    filled[input.id] = input.type === 'Input.ChoiceSet' ? picked(input, value) : value;
  }
  return filled;
}

/** By its title, a part of it, or its value; where several may be picked, their values with commas between. */
function picked({ label, choices, isMultiple, dataset }: InputView, value: string): string {
  const exact = choices.find((one) => one.title === value || one.value === value);
  // A client that does not search sends what was typed.
  if (dataset !== undefined) return exact?.value ?? value;
  const choice = exact ?? choices.find((one) => one.title.includes(value));
  const areValues = value.split(',').every((part) => choices.some((one) => one.value === part));
  if (!choice && !(isMultiple && areValues))
    throw new Error(`${label} offers no ${value}: ${choices.map((one) => one.title).join(', ')}`);
  return choice?.value ?? value;
}

function inputOf(node: Json, type: string): InputView {
  return {
    id: String(node.id),
    label: String(node.label ?? ''),
    type,
    value: node.value === undefined ? '' : String(node.value),
    isMultiple: node.isMultiSelect === true,
    dataset: (node['choices.data'] as { dataset: string } | undefined)?.dataset,
    choices: (node.choices as InputView['choices'] | undefined) ?? [],
  };
}

function walk(node: unknown, visit: (node: Json) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit);
  } else if (typeof node === 'object' && node !== null) {
    visit(node as Json);
    // What stands for it in other clients says the same.
    if ('type' in node && (node.type === 'Badge' || node.type === 'Icon')) return;
    for (const value of Object.values(node)) walk(value, visit);
  }
}
