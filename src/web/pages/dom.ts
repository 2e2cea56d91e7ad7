type Child = Node | string | undefined;

/** An element with its texts and children; attributes that are undefined are left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

let sections = 0;

/** A part of the page under its heading, which names it. */
export function section(title: string, ...children: readonly Child[]): HTMLElement {
  sections += 1;
  const id = `section-${sections}`;
  return element('section', { class: 'part', 'aria-labelledby': id }, element('h2', { id }, title), ...children);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function drawing(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
