import type { Host } from './host.ts';
import { themes } from './teams-themes.ts';

/** Gives the style sheet the colours of the host's theme; `onChange`: what has drawn in the old ones draws anew. */
export function followTheme(host: Host, onChange: () => void): void {
  const apply = () => {
    const { documentElement: root } = document;
    root.dataset.theme = host.theme();
    for (const [name, color] of Object.entries(themes[host.theme()])) root.style.setProperty(`--${name}`, color);
  };
  apply();
  host.onTheme(() => {
    apply();
    onChange();
  });
}
