import { type Theme, themes } from '../../../src/web/pages/teams-themes.ts';

/** What Teams draws around what the renderer leaves to its host: buttons, inputs. */
export function styleOf(theme: Theme): string {
  const colors = themes[theme];
  return `
    body { margin: 0; padding: 8px; background: ${colors.background}; color: ${colors.text}; font: 14px Segoe UI, Noto Sans, sans-serif; }
    h2 { font-size: 12px; font-weight: 400; margin: 16px 0 4px; overflow-wrap: anywhere; }
    .card { border: 1px solid ${colors.border}; border-radius: 4px; overflow-wrap: anywhere; }
    .ac-actionSet { flex-wrap: wrap; }
    .ac-fact-value, .ac-fact-value * { overflow-wrap: anywhere !important; }
    .ac-pushButton { font: 600 14px Segoe UI, Noto Sans, sans-serif; color: ${colors.text}; background: ${colors.background};
      border: 1px solid ${colors.border}; border-radius: 4px; padding: 5px 12px; min-height: 32px; max-width: 100%; margin-bottom: 8px;
      white-space: normal !important; overflow-wrap: anywhere; }
    .ac-pushButton.style-positive { background: ${colors.accent}; color: ${colors.onAccent}; }
    .ac-pushButton.style-destructive { color: ${colors.attention}; border-color: ${colors.attention}; }
    .ac-input { color: ${colors.text}; background: ${colors.background}; border: 1px solid ${colors.border}; font: inherit; max-width: 100%; }
    .ac-anchor, a { color: ${colors.accent}; }`;
}
