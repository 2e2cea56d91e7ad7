/** Colours of Teams' themes, as its clients draw cards with them. */
export const themes = {
  light: {
    background: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    emphasis: '#f5f5f5',
    border: '#d1d1d1',
    accent: '#5b5fc7',
    onAccent: '#ffffff',
    good: '#0e700e',
    goodBackground: '#f1faf1',
    warning: '#835b00',
    warningBackground: '#fff9f0',
    attention: '#b10e1c',
    attentionBackground: '#fdf3f4',
  },
  dark: {
    background: '#292929',
    text: '#ffffff',
    subtle: '#adadad',
    emphasis: '#1f1f1f',
    border: '#666666',
    accent: '#9299f7',
    onAccent: '#1f1f1f',
    good: '#54b054',
    goodBackground: '#052505',
    warning: '#fdea3d',
    warningBackground: '#403600',
    attention: '#f1707b',
    attentionBackground: '#3b0509',
  },
  contrast: {
    background: '#000000',
    text: '#ffffff',
    subtle: '#ffffff',
    emphasis: '#000000',
    border: '#ffffff',
    accent: '#ffff00',
    onAccent: '#000000',
    good: '#3ff23f',
    goodBackground: '#000000',
    warning: '#ffff00',
    warningBackground: '#000000',
    attention: '#ff8a8a',
    attentionBackground: '#000000',
  },
} as const;

export type Theme = keyof typeof themes;

/** A host configuration of `adaptivecards` that draws as Teams does. */
export function hostConfig(theme: Theme): Record<string, unknown> {
  const colors = themes[theme];
  const shades = (color: string, subtle = color) => ({ default: color, subtle });
  const foregroundColors = {
    default: shades(colors.text, colors.subtle),
    dark: shades(colors.text, colors.subtle),
    light: shades(colors.subtle),
    accent: shades(colors.accent),
    good: shades(colors.good),
    warning: shades(colors.warning),
    attention: shades(colors.attention),
  };
  const container = (backgroundColor: string) => ({ backgroundColor, borderColor: colors.border, foregroundColors });
  return {
    hostCapabilities: { capabilities: {} },
    fontFamily: 'Segoe UI, Noto Sans, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: colors.border },
    imageSizes: { small: 32, medium: 52, large: 100 },
    supportsInteractivity: true,
    textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false } },
    textBlock: { headingLevel: 2 },
    inputs: {
      label: {
        requiredInputs: { weight: 'default', color: 'default', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'default', color: 'default' },
      },
      errorMessage: { size: 'small', color: 'attention', spacing: 'small' },
    },
    containerStyles: {
      default: container(colors.background),
      emphasis: container(colors.emphasis),
      accent: container(colors.emphasis),
      good: container(colors.goodBackground),
      warning: container(colors.warningBackground),
      attention: container(colors.attentionBackground),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 160 }, value: { wrap: true }, spacing: 16 },
  };
}
