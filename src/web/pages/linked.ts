const commands: Readonly<Record<string, string>> = { case: 'cases', order: 'orders', customer: 'software' };

/** What a link to the tab is about, as it would be typed: `case/SD-7K2M9Q` of Teams, or `?case=SD-7K2M9Q` of the address. */
export function linkedCommand(subPage: string | undefined, query: string): string | undefined {
  const [asked] = [...new URLSearchParams(query)].filter(([kind]) => Object.hasOwn(commands, kind));
  const [kind = '', id = ''] = subPage ? subPage.split('/') : (asked ?? []);
  const command = Object.hasOwn(commands, kind) ? commands[kind] : undefined;
  return command !== undefined && /^[\w-]{1,80}$/.test(id) ? `${command} ${id}` : undefined;
}
