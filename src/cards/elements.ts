import type { Badge, Button, Folded, Row, Step, Total } from './card.ts';
import { clip, type Input } from './inputs.ts';

/** An element of a card as JSON; see docs/teams.md, "Elements of cards". */
export type Element = Readonly<Record<string, unknown>>;

/** What the text of a heading, a detail and a long text goes through before it is on a card. */
type Clean = (text: string) => string;

/** One action: of the card, or of a row. */
export function toAction({ kind, title, style, mode, inputs, data, url }: Button): Element {
  const look = { title, style, ...(mode === 'secondary' && { mode }) };
  if (kind === 'open') return { type: 'Action.OpenUrl', ...look, url };
  if (kind === 'dialog') return { type: 'Action.Submit', ...look, data, associatedInputs: inputs };
  return { type: 'Action.Execute', ...look, verb: data?.do, data, associatedInputs: inputs };
}

const inputTypes = {
  choice: 'Input.ChoiceSet',
  text: 'Input.Text',
  number: 'Input.Number',
  date: 'Input.Date',
  toggle: 'Input.Toggle',
} as const;

export function toInput(input: Input): Element {
  const { id, label, required, error, placeholder, kind } = input;
  const labelled = { type: inputTypes[kind], id, label, isRequired: required, errorMessage: error };
  switch (input.kind) {
    case 'choice': {
      const { style, choices, value, isMultiple = false, dataset } = input;
      const list = { ...labelled, placeholder, value, style, choices, isMultiSelect: isMultiple, wrap: true };
      return dataset === undefined ? list : { ...list, ...searchIn(dataset) };
    }
    case 'text':
      return {
        ...labelled,
        ...{ placeholder, value: input.value, isMultiline: input.multiline, maxLength: input.maxLength },
        ...(input.action && { inlineAction: toAction(input.action) }),
      };
    case 'number':
      return { ...labelled, min: input.min, max: input.max, ...(input.value !== null && { value: input.value }) };
    case 'date':
      return { ...labelled, min: input.min, max: input.max, value: input.value };
    case 'toggle':
      return { ...labelled, title: input.title, value: input.value };
  }
}

/** docs/teams.md, "Search while typing": a client does not send what was found where it must be there. */
function searchIn(dataset: string): Element {
  return { isRequired: false, 'choices.data': { type: 'Data.Query', dataset, associatedInputs: 'none' } };
}

const textColors: Readonly<Partial<Record<Badge['style'], string>>> = {
  good: 'Good',
  warning: 'Warning',
  attention: 'Attention',
  accent: 'Accent',
};

/** Where a client knows no badges, its text. */
export function toBadge({ style, icon, ...texts }: Badge, clean: Clean): Element {
  const text = clip(texts.text, 60);
  const tooltip = texts.tooltip && clip(texts.tooltip, 100);
  const name = style[0]?.toUpperCase() + style.slice(1);
  return {
    type: 'Badge',
    text,
    style: name,
    size: 'Medium',
    ...(icon && { icon }),
    ...(tooltip && { tooltip }),
    fallback: {
      type: 'TextBlock',
      text: clean(text),
      wrap: true,
      size: 'Small',
      weight: 'Bolder',
      color: textColors[style] ?? 'Default',
    },
  };
}

const stepLooks: Readonly<
  Record<Step['status'], { readonly name: string; readonly color: string; readonly sign: string }>
> = {
  done: { name: 'CheckmarkCircle', color: 'Good', sign: '✓' },
  failed: { name: 'DismissCircle', color: 'Attention', sign: '✗' },
  now: { name: 'Clock', color: 'Accent', sign: '●' },
  ahead: { name: 'Circle', color: 'Default', sign: '○' },
};

/** A step with its time below; where a client knows no icons, a sign. */
export function toStep({ status, text, time }: Step, clean: Clean): Element {
  const { name, color, sign } = stepLooks[status];
  const icon = { type: 'Icon', name, size: 'xSmall', color, fallback: { type: 'TextBlock', text: sign } };
  const isAhead = status === 'ahead';
  const title = { type: 'TextBlock', text: clean(text), wrap: true, isSubtle: isAhead };
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 'auto', items: [icon] },
      {
        type: 'Column',
        width: 'stretch',
        items: [
          status === 'now' ? { ...title, weight: 'Bolder' } : title,
          { type: 'TextBlock', text: clean(time), wrap: true, isSubtle: true, size: 'Small', spacing: 'None' },
        ],
      },
    ],
  };
}

/** What is added up, and the sum at its right. */
export function toTotal({ label, value }: Total, clean: Clean): Element {
  const left = { type: 'TextBlock', text: clean(label), wrap: true, isSubtle: true };
  const right = { type: 'TextBlock', text: clean(value), wrap: true, weight: 'Bolder' };
  return {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'stretch', items: [left] },
      { type: 'Column', width: 'auto', items: [right] },
    ],
  };
}

/** A row of a list. Pressed, it does its `action`, or opens its buttons. */
export function toRow(row: Row, at: number, clean: Clean): Element {
  const { heading, details, badge, buttons = [], isOpen = false, action } = row;
  const texts = [
    { type: 'TextBlock', text: clean(heading), wrap: true, weight: 'Bolder' },
    ...details.map((text) => ({
      type: 'TextBlock',
      text: clean(text),
      wrap: true,
      isSubtle: true,
      size: 'Small',
      spacing: 'None',
    })),
  ];
  const [shown, closed, opened] = [`buttons${at}`, `closed${at}`, `opened${at}`];
  const sign = (id: string, name: string, isVisible: boolean): Element => ({
    type: 'Icon',
    id,
    name,
    size: 'xSmall',
    isVisible,
    fallback: 'drop',
  });
  const opens = buttons.length > 0;
  // For whom a screen reader reads it: all of the row.
  const label = [heading, ...details, ...(badge ? [badge.text] : [])].map((part) => clip(part, 60)).join(' ');
  const toggle = { type: 'Action.ToggleVisibility', title: label, targetElements: [shown, closed, opened] };
  const press = action ? toAction({ ...action, title: `${action.title}: ${label}` }) : opens ? toggle : undefined;
  const line = {
    type: 'ColumnSet',
    columns: [
      { type: 'Column', width: 'stretch', items: texts },
      ...(badge
        ? [{ type: 'Column', width: 'auto', verticalContentAlignment: 'Center', items: [toBadge(badge, clean)] }]
        : []),
      ...(opens
        ? [
            {
              type: 'Column',
              width: 'auto',
              verticalContentAlignment: 'Center',
              items: [sign(closed, 'ChevronDown', !isOpen), sign(opened, 'ChevronUp', isOpen)],
            },
          ]
        : []),
    ],
    ...(press && { selectAction: press }),
  };
  const actions = { type: 'ActionSet', id: shown, isVisible: isOpen, spacing: 'Small', actions: buttons.map(toAction) };
  return { type: 'Container', separator: true, spacing: 'Medium', items: opens ? [line, actions] : [line] };
}

/** No client shows what is wrong with an input that is hidden: it is left to the server. */
function toOptional(input: Input): Element {
  return { ...toInput(input), isRequired: false };
}

/** What is filled in already: its facts, and a button that shows the inputs instead. */
export function toFolded({ title, text, badge, facts, change, inputs }: Folded, clean: Clean): Element[] {
  const ids = ['filledIn', 'changed'];
  const texts = [
    { type: 'TextBlock', text: clean(title), wrap: true, weight: 'Bolder' },
    { type: 'TextBlock', text: clean(text), wrap: true, isSubtle: true, size: 'Small', spacing: 'None' },
  ];
  return [
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', width: 'stretch', items: texts },
        ...(badge ? [{ type: 'Column', width: 'auto', items: [toBadge(badge, clean)] }] : []),
      ],
    },
    { type: 'FactSet', id: 'filledIn', facts: facts.map((fact) => ({ title: fact.title, value: clean(fact.value) })) },
    { type: 'ActionSet', actions: [{ type: 'Action.ToggleVisibility', title: clip(change, 60), targetElements: ids }] },
    { type: 'Container', id: 'changed', isVisible: false, items: inputs.map(toOptional) },
  ];
}
