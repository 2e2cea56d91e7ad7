/** A button as the templates want it. Its data holds ids only; everything else stays on the server. */
export interface Button {
  readonly kind: 'execute' | 'dialog' | 'open';
  readonly title: string;
  readonly style: 'default' | 'positive' | 'destructive';
  /** `secondary`: in the menu behind the three dots. */
  readonly mode?: 'primary' | 'secondary';
  /** `none`: pressing it neither checks nor sends the inputs. */
  readonly inputs?: 'auto' | 'none';
  readonly data?: Record<string, unknown>;
  readonly url?: string;
}
